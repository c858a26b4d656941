"""Fetching pictures together with their sizes, so that lists cost no query each."""

from collections.abc import Iterable

from django.db.models import Model, Prefetch, prefetch_related_objects

from .models import ClinicImage, ClinicRendition


def prefetch(lookup: str) -> Prefetch:
    """For `prefetch_related`: all sizes of the picture behind `lookup`."""
    return Prefetch(f"{lookup}__renditions", ClinicRendition.objects.all())


def prefetch_for(*images: ClinicImage | None) -> None:
    """All sizes of pictures already at hand, in one query; None is passed over."""
    prefetch_related_objects([image for image in images if image], "renditions")


def prefetch_for_all(
    owners: Iterable[Model | None], *images: ClinicImage | None
) -> None:
    """The same for the `picture` of each owner, and any others with them."""
    prefetch_for(*[owner.picture for owner in owners if owner], *images)
