"""Fetching pictures together with their sizes, so that lists cost no query each."""

from collections.abc import Iterable

from django.db.models import Prefetch, prefetch_related_objects

from .models import ClinicImage, ClinicRendition


def prefetch(lookup: str) -> Prefetch:
    """For `prefetch_related`: all sizes of the picture behind `lookup`."""
    return Prefetch(f"{lookup}__renditions", ClinicRendition.objects.all())


def prefetch_for(images: Iterable[ClinicImage]) -> None:
    """All sizes of pictures already at hand, in one query."""
    prefetch_related_objects(list(images), "renditions")
