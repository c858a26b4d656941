from django.db import models

from clinic_site.core.encryption import EncryptedTextField
from clinic_site.core.models import Clinic

from ..records.models import Submission


class FreeConsultation(Submission):
    """A wish to come to a clinic or to be called; staff agree the time."""

    class Mode(models.TextChoices):
        CLINIC = "clinic", "At a clinic"
        PHONE = "phone", "By phone"

    class PartOfDay(models.TextChoices):
        MORNING = "morning", "Morning (9am to noon)"
        AFTERNOON = "afternoon", "Afternoon (noon to 5pm)"
        EVENING = "evening", "Early evening (5pm to 7pm)"
        ANY = "any", "Any time"

    mode = models.CharField(max_length=8, choices=Mode)
    clinic = models.ForeignKey(
        Clinic, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    preferred_date = models.DateField()
    part_of_day = models.CharField(max_length=10, choices=PartOfDay)
    # Encrypted although no medical details are asked for: people write them.
    note = EncryptedTextField(blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = "free consultation"
        default_permissions = ["change"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(mode="clinic", clinic__isnull=False)
                | models.Q(mode="phone", clinic__isnull=True),
                name="clinic_for_visits_only",
            )
        ]
