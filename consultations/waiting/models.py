"""People who wait for a time to become free."""

from datetime import datetime, time

from django.db import models
from django.utils import timezone

from clinic_site.core.models import Clinic

from ..bookings.models import LONDON, FreeConsultation
from ..diary.models import AppointmentKind, Reservation
from ..diary.opening import Weekday
from ..records.links import AccessLink, hash_of
from ..records.models import Submission, SubmissionQuerySet


class WaitingEntryQuerySet(SubmissionQuerySet):
    def of_link(self, token: str) -> "WaitingEntryQuerySet":
        """By the secret in the address of its page."""
        return self.filter(
            links__token_hash=hash_of(token),
            links__purpose=AccessLink.Purpose.WAITING,
            links__expires_at__gt=timezone.now(),
        ).select_related("appointment_kind", "clinic", "booking__clinic")

    def on_the_list(self) -> "WaitingEntryQuerySet":
        return self.filter(state__in=WaitingEntry.ON_THE_LIST)

    def to_look_after(self) -> "WaitingEntryQuerySet":
        """Whose turn may come, or whose offer may end. No parent, no order: cheap."""
        waits = models.Q(state=WaitingEntry.State.WAITING)
        has_offer = models.Q(offers__outcome=WaitingOffer.Outcome.OPEN)
        return self.filter(waits | has_offer).order_by()

    def in_turn(self) -> "WaitingEntryQuerySet":
        """Who waits, first come first, as long as their last day is not over."""
        return self.filter(
            state=WaitingEntry.State.WAITING,
            last_day__gte=timezone.localdate(),
            appointment_kind__is_active=True,
        ).order_by("created_at", "pk")

    def with_days_over(self) -> "WaitingEntryQuerySet":
        return self.filter(
            state=WaitingEntry.State.WAITING, last_day__lt=timezone.localdate()
        )


class WaitingEntry(Submission):
    """A wish: where, between which days, on which weekdays, at which time of day."""

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting"
        OFFERED = "offered", "Has an offer"
        BOOKED = "booked", "Booked"
        LEFT = "left", "Left the list"
        OVER = "over", "Days are over"

    ON_THE_LIST = (State.WAITING, State.OFFERED)

    class PartOfDay(models.TextChoices):
        ANY = "any", "Any time"
        MORNING = "morning", "Morning (before noon)"
        AFTERNOON = "afternoon", "Afternoon (noon to 5pm)"
        EVENING = "evening", "Evening (from 5pm)"

    HOURS = {
        PartOfDay.ANY: (time.min, time.max),
        PartOfDay.MORNING: (time.min, time(11, 59, 59)),
        PartOfDay.AFTERNOON: (time(12), time(16, 59, 59)),
        PartOfDay.EVENING: (time(17), time.max),
    }

    appointment_kind = models.ForeignKey(
        AppointmentKind, on_delete=models.PROTECT, related_name="+"
    )
    clinic = models.ForeignKey(
        Clinic,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Empty: any.",
    )
    first_day = models.DateField()
    last_day = models.DateField()
    weekdays = models.JSONField(default=list, help_text="0 is Monday; empty: any day.")
    part_of_day = models.CharField(
        max_length=10, choices=PartOfDay, default=PartOfDay.ANY
    )
    zone = models.CharField("time zone", max_length=40, default=LONDON)
    source_path = models.CharField(max_length=200, blank=True, default="")
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    booking = models.OneToOneField(
        FreeConsultation, null=True, on_delete=models.SET_NULL, related_name="waited_as"
    )

    objects = WaitingEntryQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = "entry of the waiting list"
        verbose_name_plural = "waiting list"
        default_permissions = ["change"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(last_day__gte=models.F("first_day")),
                name="waiting_days_in_order",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    state__in=["waiting", "offered", "booked", "left", "over"]
                ),
                name="waiting_state_is_known",
            ),
        ]

    def weekday_names(self) -> list[str]:
        return [Weekday(number).label for number in self.weekdays]

    def suits(self, starts_at: datetime) -> bool:
        """Whether they could come then, by the clock in London."""
        local = timezone.localtime(starts_at)
        begin, end = self.HOURS[self.part_of_day]
        return (
            self.first_day <= local.date() <= self.last_day
            and (not self.weekdays or local.weekday() in self.weekdays)
            and begin <= local.time() <= end
        )

    @property
    def is_on_the_list(self) -> bool:
        return self.state in self.ON_THE_LIST

    @property
    def is_over(self) -> bool:
        return self.last_day < timezone.localdate()

    def offers_made(self) -> models.QuerySet:
        return self.offers.select_related("clinic").order_by("pk")

    def open_offer(self) -> "WaitingOffer | None":
        offers = self.offers.select_related("clinic", "reservation__resource__clinic")
        return offers.filter(outcome=WaitingOffer.Outcome.OPEN).first()


class WaitingOfferQuerySet(models.QuerySet):
    def expired(self) -> "WaitingOfferQuerySet":
        return self.filter(
            outcome=WaitingOffer.Outcome.OPEN, expires_at__lte=timezone.now()
        ).order_by("expires_at", "pk")


class WaitingOffer(models.Model):
    """One time, held for one person until it expires, is taken or is declined."""

    class Outcome(models.TextChoices):
        OPEN = "open", "Open"
        TAKEN = "taken", "Taken"
        DECLINED = "declined", "Declined"
        EXPIRED = "expired", "Expired"

    entry = models.ForeignKey(
        WaitingEntry, on_delete=models.CASCADE, related_name="offers"
    )
    reservation = models.OneToOneField(
        Reservation, null=True, on_delete=models.SET_NULL, related_name="offer"
    )
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, related_name="+")
    starts_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    outcome = models.CharField(max_length=8, choices=Outcome, default=Outcome.OPEN)

    objects = WaitingOfferQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        default_permissions = []
        constraints = [
            models.UniqueConstraint(
                fields=["entry"],
                condition=models.Q(outcome="open"),
                name="one_open_offer_per_entry",
            )
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.outcome}"

    @property
    def is_expired(self) -> bool:
        return self.expires_at <= timezone.now()
