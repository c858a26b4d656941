from django.conf import settings
from django.db import models
from django.urls import reverse

from clinic_site.core import mail

from .models import Submission


class News(models.TextChoices):
    """What staff are told has become of a submission, in its subject and text."""

    NEW = "New", "has arrived"
    CHANGED = "Changed", "was changed by the person"
    CANCELLED = "Cancelled", "was cancelled by the person"


def tell_staff(submission: Submission, *, address: str, news: News = News.NEW) -> None:
    """Of what kind, which reference, and where: no more. Nobody without an address."""
    kind = submission.get_kind_display()
    to_staff("tell_staff", submission, address, news=news, kind=kind)


def tell_of_frozen_link(submission: Submission, *, address: str) -> None:
    """The person can no longer change it themselves, and perhaps was not the one."""
    to_staff("link_frozen", submission, address)


def to_staff(name: str, submission: Submission, address: str, **words: str) -> None:
    if not address:
        return
    path = reverse("consultations:case", args=[submission.pk])
    context = {
        "reference": submission.reference,
        "url": settings.WAGTAILADMIN_BASE_URL + path,
        **words,
    }
    mail.queue(f"consultations/{name}", to=[address], context=context)
