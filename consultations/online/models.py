import uuid
from datetime import datetime

from django.db import models
from django.utils import timezone
from django_countries.fields import CountryField

from clinic_site.core.encryption import EncryptedTextField

from ..records.models import Submission


class OnlineConsultation(Submission):
    """What somebody tells a specialist from anywhere, encrypted."""

    class AgeBand(models.TextChoices):
        FROM_18 = "18-24", "18 to 24"
        FROM_25 = "25-34", "25 to 34"
        FROM_35 = "35-44", "35 to 44"
        FROM_45 = "45-54", "45 to 54"
        FROM_55 = "55-64", "55 to 64"
        FROM_65 = "65+", "65 or over"

    age_band = models.CharField(max_length=6, choices=AgeBand)
    country = CountryField()
    concern = EncryptedTextField("what is happening")
    since = EncryptedTextField("since when")
    medicines = EncryptedTextField("medicines and conditions", blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = "online consultation"
        default_permissions = ["change"]


class PhotoQuerySet(models.QuerySet):
    def kept_for(self, submit_key: uuid.UUID) -> "PhotoQuerySet":
        """Photos that came with a form which could not be accepted yet."""
        return self.filter(draft_key=submit_key).order_by("position")

    def abandoned(self, before: datetime) -> "PhotoQuerySet":
        return self.filter(consultation=None, created_at__lt=before)


class Photo(models.Model):
    """One picture of a scalp. The file is encrypted and outside MEDIA_ROOT."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    consultation = models.ForeignKey(
        OnlineConsultation, null=True, on_delete=models.PROTECT, related_name="photos"
    )
    # The form's key while the photo waits for a form that is complete.
    draft_key = models.UUIDField(null=True, db_index=True)
    position = models.PositiveSmallIntegerField()
    stored_name = models.CharField(max_length=64, unique=True)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    created_at = models.DateTimeField(default=timezone.now)

    objects = PhotoQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["position"]
        default_permissions = []
        constraints = [
            models.CheckConstraint(
                condition=models.Q(consultation__isnull=True, draft_key__isnull=False)
                | models.Q(consultation__isnull=False, draft_key__isnull=True),
                name="photo_of_a_form_or_of_a_case",
            ),
            models.UniqueConstraint(
                fields=["draft_key", "position"], name="kept_photos_have_places"
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)
