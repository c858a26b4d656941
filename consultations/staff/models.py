from django.conf import settings
from django.db import models
from django.utils import timezone

from clinic_site.core.models import Clinic


class CalendarFeed(models.Model):
    """A secret address with which a calendar program reads the diary.

    References only, and a hash of the secret only: it is shown once.
    """

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    clinic = models.ForeignKey(
        Clinic, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    read_at = models.DateTimeField("last read", null=True, editable=False)

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["-created_at"]
        default_permissions = []

    def __str__(self) -> str:
        return f"feed {self.pk}"


class BookingExport(models.Model):
    """Who took which bookings out of the site, and why."""

    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    reason = models.CharField(max_length=200)
    first_day = models.DateField()
    last_day = models.DateField()
    clinic = models.ForeignKey(
        Clinic, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    rows = models.PositiveIntegerField()
    at = models.DateTimeField(default=timezone.now)

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["-at"]
        default_permissions = []

    def __str__(self) -> str:
        return f"export {self.pk}"
