"""A visit or a call that somebody booked, and the way there."""

import uuid
from datetime import timedelta

from django.db import models
from django.utils import timezone

from clinic_site.core.encryption import EncryptedJSONField, EncryptedTextField
from clinic_site.core.models import Clinic

from ..diary.models import AppointmentKind, Reservation, Resource
from ..records.links import hash_of
from ..records.models import Submission, SubmissionQuerySet

LONDON = "Europe/London"
UNDO_CANCELLING = timedelta(minutes=15)
UNDO_ATTENDANCE = timedelta(days=14)
# How long a page that a visitor typed into, or the confirmation, can be opened.
DRAFT_LASTS = timedelta(days=1)


class FreeConsultationQuerySet(SubmissionQuerySet):
    def with_everything(self) -> "FreeConsultationQuerySet":
        """What lists, boards and mails show of each."""
        return self.select_related(
            "appointment_kind", "clinic", "resource__clinic", "reservation"
        )

    def live(self) -> "FreeConsultationQuerySet":
        """Those that keep their time."""
        return self.filter(state__in=FreeConsultation.LIVE)

    def unmarked(self) -> "FreeConsultationQuerySet":
        """Over, and nobody has said whether the person came."""
        return self.filter(state="confirmed", ends_at__lte=timezone.now())

    def of_the_same_person(self, booking: Submission) -> "FreeConsultationQuerySet":
        """Their other bookings."""
        found = self.of_person(email=booking.email, phone=booking.phone)
        return found.exclude(pk=booking.pk)

    def of_person(self, *, email: str, phone: str) -> "FreeConsultationQuerySet":
        """By email or telephone number; who left neither is like nobody else."""
        same = models.Q(pk__in=[])
        if email:
            same |= models.Q(email__iexact=email)
        if phone:
            same |= models.Q(phone=phone)
        return self.filter(same).order_by("-created_at")


class FreeConsultation(Submission):
    """A visit or a call. `states` says what can become of it.

    The time it has taken is its reservation; `starts_at` and `ends_at` stay when
    that is given back. Empty where people once asked for a day instead of a time.
    """

    class State(models.TextChoices):
        REQUESTED = "requested", "Requested"
        CONFIRMED = "confirmed", "Confirmed"
        ATTENDED = "attended", "Attended"
        MISSED = "missed", "Did not attend"
        CANCELLED = "cancelled", "Cancelled by the person"
        WITHDRAWN = "withdrawn", "Cancelled by the clinic"
        DECLINED = "declined", "Declined"

    LIVE = (State.REQUESTED, State.CONFIRMED)

    class PreferredHours(models.TextChoices):
        ANY = "any", "Any time"
        MORNING = "morning", "In the morning (before noon)"
        AFTERNOON = "afternoon", "In the afternoon (noon to 5pm)"
        EVENING = "evening", "In the evening (after 5pm)"

    class CancelReason(models.TextChoices):
        ASKED = "asked", "The person asked us to"
        CLOSED = "closed", "We are closed"
        ABSENT = "absent", "Somebody is away"
        TWICE = "twice", "Booked twice"
        SPAM = "spam", "Spam"
        OTHER = "other", "Another reason"

    appointment_kind = models.ForeignKey(
        AppointmentKind, on_delete=models.PROTECT, related_name="+"
    )
    clinic = models.ForeignKey(
        Clinic, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    resource = models.ForeignKey(
        Resource, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    reservation = models.OneToOneField(
        Reservation, null=True, on_delete=models.SET_NULL, related_name="booking"
    )
    starts_at = models.DateTimeField(null=True, db_index=True)
    ends_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=10, choices=State, default=State.CONFIRMED)
    # What it was before it was cancelled, for as long as that can be undone.
    state_before = models.CharField(max_length=10, blank=True)
    state_changed_at = models.DateTimeField(default=timezone.now)
    calendar_sequence = models.PositiveSmallIntegerField(default=0)
    zone = models.CharField("time zone", max_length=40, default=LONDON)
    # Encrypted although no medical details are asked for: people write them.
    note = EncryptedTextField(blank=True)
    preferred_hours = models.CharField(
        "when to phone",
        max_length=10,
        choices=PreferredHours,
        default=PreferredHours.ANY,
    )
    no_voicemail = models.BooleanField("no voicemail", default=False)
    wants_reminders = models.BooleanField(default=True)
    source_path = models.CharField(max_length=200, blank=True)

    objects = FreeConsultationQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = "free consultation"
        default_permissions = ["change"]
        permissions = [("export_freeconsultation", "Can export free consultations")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    state__in=[
                        "requested",
                        "confirmed",
                        "attended",
                        "missed",
                        "cancelled",
                        "withdrawn",
                        "declined",
                    ]
                ),
                name="booking_state_is_known",
            ),
            models.CheckConstraint(
                condition=models.Q(starts_at=None, ends_at=None)
                | models.Q(ends_at__gt=models.F("starts_at")),
                name="booking_has_length",
            ),
        ]

    @property
    def is_live(self) -> bool:
        return self.state in self.LIVE

    @property
    def is_over(self) -> bool:
        return self.ends_at is not None and self.ends_at <= timezone.now()

    @property
    def is_by_phone(self) -> bool:
        return self.appointment_kind.is_by_phone

    @property
    def shows_other_zone(self) -> bool:
        return self.is_by_phone and self.zone != LONDON

    def may_be_changed_by_visitor(self) -> bool:
        """Until the cut-off; staff may later, on the telephone."""
        if not self.is_live or self.starts_at is None:
            return False
        cutoff = timedelta(hours=self.appointment_kind.cutoff_hours)
        return timezone.now() <= self.starts_at - cutoff

    def may_undo_cancelling(self) -> bool:
        since = timezone.now() - UNDO_CANCELLING
        return (
            self.state == self.State.CANCELLED
            and bool(self.state_before)
            and self.state_changed_at > since
        )

    def may_undo_attendance(self) -> bool:
        marked = self.state in (self.State.ATTENDED, self.State.MISSED)
        return marked and self.state_changed_at > timezone.now() - UNDO_ATTENDANCE


class BookingDraftQuerySet(models.QuerySet):
    def of(self, token: str) -> "BookingDraftQuerySet":
        """By the secret in its address."""
        return self.filter(token_hash=hash_of(token), touched_at__gt=_oldest())

    def with_everything(self) -> "BookingDraftQuerySet":
        return self.select_related(
            "appointment_kind",
            "clinic",
            "reservation__appointment_kind",
            "reservation__resource__clinic",
        )

    def over(self) -> "BookingDraftQuerySet":
        return self.filter(touched_at__lte=_oldest())


def _oldest():
    return timezone.now() - DRAFT_LASTS


class BookingDraft(models.Model):
    """A visitor on the way from a time to a booking, without cookies.

    Its address holds a secret. What they typed lies here, encrypted, so that going
    back, reloading and losing a time to somebody else cost nothing of it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    token_hash = models.CharField(max_length=64, unique=True)
    submit_key = models.UUIDField(default=uuid.uuid4, unique=True)
    appointment_kind = models.ForeignKey(
        AppointmentKind, on_delete=models.CASCADE, related_name="+"
    )
    clinic = models.ForeignKey(
        Clinic, null=True, on_delete=models.CASCADE, related_name="+"
    )
    starts_at = models.DateTimeField()
    reservation = models.OneToOneField(
        Reservation, null=True, on_delete=models.SET_NULL, related_name="draft"
    )
    zone = models.CharField(max_length=40, default=LONDON)
    details = EncryptedJSONField(blank=True, default=dict)
    source_path = models.CharField(max_length=200, blank=True)
    booking = models.ForeignKey(
        FreeConsultation, null=True, on_delete=models.CASCADE, related_name="+"
    )
    begun_at = models.DateTimeField(default=timezone.now)
    touched_at = models.DateTimeField(default=timezone.now, db_index=True)

    objects = BookingDraftQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        default_permissions = []

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def ends_at(self):
        return self.starts_at + self.appointment_kind.length()

    @property
    def is_complete(self) -> bool:
        """Whether the form was valid when it was stored; else it can be unfinished."""
        return "wordings" in self.details


class Reminder(models.Model):
    """That a mail of this kind was queued about this time: never a second one."""

    class Kind(models.TextChoices):
        TWO_DAYS = "48h", "Two days before"
        THREE_HOURS = "3h", "Three hours before"
        MISSED = "missed", "After a missed visit"

    booking = models.ForeignKey(
        FreeConsultation, on_delete=models.CASCADE, related_name="reminders"
    )
    kind = models.CharField(max_length=6, choices=Kind)
    starts_at = models.DateTimeField()
    queued_at = models.DateTimeField(default=timezone.now)

    wagtail_reference_index_ignore = True

    class Meta:
        default_permissions = []
        constraints = [
            models.UniqueConstraint(
                fields=["booking", "kind", "starts_at"], name="reminder_once_per_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.booking_id} {self.kind}"


class BookingFigure(models.Model):
    """What reports count of one booking. It says nothing about the person.

    It stays when the booking is removed, so that last year's numbers do not change.
    """

    booking = models.OneToOneField(
        FreeConsultation, null=True, on_delete=models.SET_NULL, related_name="figure"
    )
    appointment_kind = models.CharField(max_length=60)
    clinic = models.CharField(max_length=80)
    booked_on = models.DateField(db_index=True)
    visit_on = models.DateField(db_index=True)
    source_path = models.CharField(max_length=200, blank=True)
    is_by_staff = models.BooleanField(default=False)
    times_moved = models.PositiveSmallIntegerField(default=0)
    outcome = models.CharField(max_length=10, choices=FreeConsultation.State)

    wagtail_reference_index_ignore = True

    class Meta:
        default_permissions = []

    def __str__(self) -> str:
        return f"{self.visit_on} {self.outcome}"
