"""When clinics are open: each week, and on days that differ from it."""

from django.core.exceptions import ValidationError
from django.db import models
from modelcluster.fields import ParentalKey

from clinic_site.core.models import Clinic

from .models import Resource
from .ticks import MINUTES_PER_TICK, begins_a_tick


class Weekday(models.IntegerChoices):
    MONDAY = 0
    TUESDAY = 1
    WEDNESDAY = 2
    THURSDAY = 3
    FRIDAY = 4
    SATURDAY = 5
    SUNDAY = 6


class OpeningTime(models.Model):
    """Each week, by the clock on the clinic's wall."""

    resource = ParentalKey(
        Resource, on_delete=models.CASCADE, related_name="opening_times"
    )
    weekday = models.PositiveSmallIntegerField(choices=Weekday)
    opens = models.TimeField()
    closes = models.TimeField()

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["weekday", "opens"]
        default_permissions = []
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closes__gt=models.F("opens")),
                name="opening_time_has_length",
                violation_error_message="It must close after it opens.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.opens:%H:%M} to {self.closes:%H:%M}"

    def clean(self) -> None:
        refuse_odd_minutes(self)


def refuse_odd_minutes(row: models.Model) -> None:
    """Of an opening time or an exception: the diary knows no shorter steps."""
    odd = [
        name
        for name in ("opens", "closes")
        if (clock := getattr(row, name)) and not begins_a_tick(clock)
    ]
    if odd:
        words = f"Give a time in whole steps of {MINUTES_PER_TICK} minutes, like 09:35."
        raise ValidationError(dict.fromkeys(odd, words))


class DiaryExceptionQuerySet(models.QuerySet):
    def touching(self, first, last) -> "DiaryExceptionQuerySet":
        return self.filter(first_day__lte=last, last_day__gte=first)


TIMES_IN_ORDER = (
    "Give both times, the later one second. Only a closure may have none: then it "
    "lasts all day."
)


class DiaryException(models.Model):
    """Days that differ from the week: closed, or open besides."""

    class Effect(models.TextChoices):
        CLOSED = "closed", "Closed"
        EXTRA = "extra", "Open besides"

    effect = models.CharField(max_length=6, choices=Effect, default=Effect.CLOSED)
    clinic = models.ForeignKey(
        Clinic,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
        help_text="Empty: all clinics.",
    )
    resource = models.ForeignKey(
        Resource,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="exceptions",
        verbose_name="room or person",
        help_text="Empty: all of the clinic.",
    )
    first_day = models.DateField()
    last_day = models.DateField()
    opens = models.TimeField(
        "from", null=True, blank=True, help_text="Empty with “Closed”: the whole day."
    )
    closes = models.TimeField("until", null=True, blank=True)
    label = models.CharField(
        max_length=80, blank=True, help_text="For the staff’s eyes, like “Training”."
    )

    objects = DiaryExceptionQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["first_day", "opens"]
        verbose_name = "closure or extra opening"
        verbose_name_plural = "closures and extra openings"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(last_day__gte=models.F("first_day")),
                name="exception_days_in_order",
                violation_error_message="The last day must not be before the first.",
            ),
            models.CheckConstraint(
                condition=models.Q(opens=None, closes=None, effect="closed")
                | models.Q(
                    opens__isnull=False,
                    closes__isnull=False,
                    closes__gt=models.F("opens"),
                ),
                name="exception_times_in_order",
                violation_error_message=TIMES_IN_ORDER,
            ),
        ]

    def __str__(self) -> str:
        days = f"{self.first_day:%d %b %Y}"
        if self.last_day != self.first_day:
            days += f" to {self.last_day:%d %b %Y}"
        return f"{self.get_effect_display()}, {days}"

    def clean(self) -> None:
        refuse_odd_minutes(self)
        # To a database, comparing with nothing is no violation of a constraint.
        if (self.opens is None) != (self.closes is None):
            raise ValidationError(TIMES_IN_ORDER)
        other = self.resource and self.clinic_id not in (None, self.resource.clinic_id)
        if other:
            raise ValidationError(
                {
                    "resource": f"{self.resource.name} is at {self.resource.clinic}. "
                    "Choose that clinic as well, or leave the clinic empty."
                }
            )

    def concerns(self, resource: Resource) -> bool:
        if self.resource_id:
            return self.resource_id == resource.pk
        return self.clinic_id in (None, resource.clinic_id)


class BankHoliday(models.Model):
    """A public holiday of England. The worker adds those of the years to come."""

    date = models.DateField(unique=True)
    name = models.CharField(max_length=80)
    is_closed = models.BooleanField(
        "closed on this day",
        default=True,
        help_text="Unticked, the day is like every other of its week.",
    )

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["date"]

    def __str__(self) -> str:
        return f"{self.name}, {self.date:%d %b %Y}"
