from django.conf import settings
from django.urls import reverse

from clinic_site.core import mail

from .models import Submission


def tell_staff(submission: Submission, *, address: str) -> None:
    """Of what kind, which reference, and where: no more. Nobody without an address."""
    if not address:
        return
    path = reverse("consultations:case", args=[submission.pk])
    context = {
        "kind": submission.get_kind_display(),
        "reference": submission.reference,
        "url": settings.WAGTAILADMIN_BASE_URL + path,
    }
    mail.queue("consultations/tell_staff", to=[address], context=context)
