"""When people can come, and which of those times are taken.

Nothing here knows who comes: a reservation is a stretch of somebody's time, and a
booking, a visitor who is still typing or an offer from the waiting list has it.
"""

import uuid
from datetime import datetime, timedelta

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from modelcluster.models import ClusterableModel

from clinic_site.core.models import Clinic

from .ticks import MINUTES_PER_TICK, whole_ticks

MOST_LANES = 8


class AppointmentKindQuerySet(models.QuerySet):
    def offered(self) -> "AppointmentKindQuerySet":
        return self.filter(is_active=True)


class AppointmentKind(models.Model):
    """What can be booked, and by which rules."""

    class Mode(models.TextChoices):
        CLINIC = "clinic", "At a clinic"
        PHONE = "phone", "By phone"

    name = models.CharField(max_length=60, unique=True)
    slug = models.SlugField(unique=True, help_text="Part of the address of its pages.")
    mode = models.CharField(max_length=8, choices=Mode)
    description = models.CharField(
        max_length=200, blank=True, help_text="One sentence, shown where it is chosen."
    )
    what_to_bring = models.TextField(
        blank=True, help_text="Shown when it is booked; never in mails."
    )
    minutes = models.PositiveSmallIntegerField(
        default=30,
        validators=[whole_ticks, MinValueValidator(5), MaxValueValidator(480)],
    )
    buffer_before = models.PositiveSmallIntegerField(
        default=0,
        validators=[whole_ticks, MaxValueValidator(120)],
        help_text="Minutes kept free before, for preparing.",
    )
    buffer_after = models.PositiveSmallIntegerField(
        default=0,
        validators=[whole_ticks, MaxValueValidator(120)],
        help_text="Minutes kept free after, for writing up.",
    )
    interval = models.PositiveSmallIntegerField(
        default=30,
        validators=[whole_ticks, MinValueValidator(5), MaxValueValidator(480)],
        help_text="A time is offered every so many minutes.",
    )
    lead_hours = models.PositiveSmallIntegerField(
        "shortest notice in hours",
        default=4,
        validators=[MaxValueValidator(24 * 30)],
        help_text="Visitors cannot book a time sooner than this. Staff can.",
    )
    horizon_days = models.PositiveSmallIntegerField(
        "how many days ahead",
        default=60,
        validators=[MinValueValidator(1), MaxValueValidator(365)],
    )
    cutoff_hours = models.PositiveSmallIntegerField(
        "last change in hours before",
        default=12,
        validators=[MaxValueValidator(24 * 14)],
        help_text="Later than this, visitors change or cancel by phone.",
    )
    needs_confirmation = models.BooleanField(
        "request only",
        default=False,
        help_text="Visitors ask for a time, which is kept for them; staff confirm it.",
    )
    is_active = models.BooleanField("offered to visitors", default=True)
    sort_order = models.PositiveSmallIntegerField(default=0)

    objects = AppointmentKindQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["sort_order", "name"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(minutes__gt=0, interval__gt=0),
                name="appointment_kind_has_length",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_by_phone(self) -> bool:
        return self.mode == self.Mode.PHONE

    def length(self) -> timedelta:
        return timedelta(minutes=self.minutes)

    def occupied(self, starts_at: datetime) -> tuple[datetime, datetime]:
        """From when until when, with what is kept free around it."""
        before = timedelta(minutes=self.buffer_before)
        after = timedelta(minutes=self.buffer_after)
        return starts_at - before, starts_at + self.length() + after

    def bookable(self, at: datetime) -> tuple[datetime, datetime]:
        """The earliest and the latest time that a visitor may choose now."""
        return (
            at + timedelta(hours=self.lead_hours),
            at + timedelta(days=self.horizon_days),
        )


class Resource(ClusterableModel):
    """A room or a person that appointments take up."""

    clinic = models.ForeignKey(
        Clinic, on_delete=models.PROTECT, related_name="resources"
    )
    name = models.CharField(max_length=60, help_text="A room or a person.")
    kinds = models.ManyToManyField(
        AppointmentKind, related_name="resources", verbose_name="what it is for"
    )
    lanes = models.PositiveSmallIntegerField(
        "how many at a time",
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_LANES)],
    )
    is_active = models.BooleanField(default=True)

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["clinic", "name"]
        verbose_name = "room or person"
        verbose_name_plural = "rooms and people"
        constraints = [
            models.UniqueConstraint(
                fields=["clinic", "name"], name="resource_once_per_clinic"
            )
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.clinic}"


class ReservationQuerySet(models.QuerySet):
    def live(self, at: datetime | None = None) -> "ReservationQuerySet":
        return self.filter(is_live(at=at))

    def expired(self, at: datetime | None = None) -> "ReservationQuerySet":
        return self.filter(expires_at__lte=at or timezone.now())


def is_live(*, prefix: str = "", at: datetime | None = None) -> models.Q:
    """Kept for good, or held and not expired."""
    return models.Q(**{f"{prefix}expires_at": None}) | models.Q(
        **{f"{prefix}expires_at__gt": at or timezone.now()}
    )


class Reservation(models.Model):
    """A stretch of a lane's time that is taken; its claims are what takes it.

    `expires_at` empty: for good, until it is released. Otherwise it is a hold, and
    anybody may take the time over from that moment. Until somebody does, it is
    still the holder's.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    appointment_kind = models.ForeignKey(
        AppointmentKind, on_delete=models.PROTECT, related_name="+"
    )
    resource = models.ForeignKey(
        Resource, on_delete=models.PROTECT, related_name="reservations"
    )
    lane = models.PositiveSmallIntegerField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True, db_index=True)

    objects = ReservationQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        default_permissions = []
        indexes = [
            models.Index(fields=["resource", "starts_at"], name="reservation_by_start")
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")),
                name="reservation_has_length",
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_expired(self) -> bool:
        return self.expires_at is not None and self.expires_at <= timezone.now()

    @property
    def is_extra(self) -> bool:
        """In a lane that staff opened on purpose, beyond what the resource has."""
        return self.lane >= self.resource.lanes


class Claim(models.Model):
    """Five minutes of one lane. The UNIQUE constraint is the diary's only arbiter.

    Whatever a page showed, whoever asked first, however many at once: a time is
    taken when its rows are here, and by nobody else while they are.
    """

    resource = models.ForeignKey(Resource, on_delete=models.PROTECT, related_name="+")
    lane = models.PositiveSmallIntegerField()
    tick = models.PositiveIntegerField(
        help_text=f"Steps of {MINUTES_PER_TICK} minutes since 1970 in UTC."
    )
    reservation = models.ForeignKey(
        Reservation, on_delete=models.CASCADE, related_name="claims"
    )

    wagtail_reference_index_ignore = True

    class Meta:
        default_permissions = []
        constraints = [
            models.UniqueConstraint(
                fields=["resource", "lane", "tick"], name="tick_sold_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.resource_id}/{self.lane}/{self.tick}"
