from django.conf import settings
from django.urls import reverse

from .models import Submission


def staff_context(submission: Submission) -> dict:
    """All a mail to staff may say: of what kind, which reference, and where."""
    path = reverse("consultations:case", args=[submission.pk])
    return {
        "kind": submission.get_kind_display(),
        "reference": submission.reference,
        "url": settings.WAGTAILADMIN_BASE_URL + path,
    }
