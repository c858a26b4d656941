"""Numbers about bookings, counted from figures that outlive the people.

Every report is counted by the day of the visit.
"""

from collections import defaultdict
from collections.abc import Hashable
from dataclasses import dataclass, field
from datetime import date
from statistics import median

from django.db.models import Count, F, Model, Q, QuerySet
from django.db.models.functions import TruncWeek
from django.http import HttpRequest
from wagtail.models import Page, Site

from ..bookings.models import BookingFigure
from ..bookings.states import State

GROUPS = {
    "week": "Week",
    "clinic": "Clinic",
    "appointment_kind": "Kind",
    "source_path": "Page they came from",
}
COUNTS = {
    "booked": Count("pk"),
    "by_staff": Count("pk", filter=Q(is_by_staff=True)),
    "moved": Count("pk", filter=Q(times_moved__gt=0)),
    "cancelled": Count("pk", filter=Q(outcome=State.CANCELLED)),
    "withdrawn": Count("pk", filter=Q(outcome=State.WITHDRAWN)),
    "declined": Count("pk", filter=Q(outcome=State.DECLINED)),
    "attended": Count("pk", filter=Q(outcome=State.ATTENDED)),
    "missed": Count("pk", filter=Q(outcome=State.MISSED)),
}


@dataclass
class Row:
    """Of one week, clinic, kind or page; or of all of them."""

    label: str
    booked: int = 0
    by_staff: int = 0
    moved: int = 0
    cancelled: int = 0
    withdrawn: int = 0
    declined: int = 0
    attended: int = 0
    missed: int = 0
    lead_days: list[int] = field(default_factory=list)

    @property
    def by_visitor(self) -> int:
        return self.booked - self.by_staff

    @property
    def missed_rate(self) -> str:
        """Of those who could have come, as far as anybody marked it."""
        marked = self.attended + self.missed
        return f"{100 * self.missed / marked:.0f} %" if marked else "–"

    @property
    def lead_time(self) -> str:
        return f"{median(self.lead_days):g}" if self.lead_days else "–"

    def add(self, other: "Row") -> None:
        for name in COUNTS:
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.lead_days += other.lead_days


def figures(
    *, first_day: date, last_day: date, clinic: str = "", appointment_kind: str = ""
) -> QuerySet:
    found = BookingFigure.objects.filter(visit_on__range=(first_day, last_day))
    if clinic:
        found = found.filter(clinic=clinic)
    if appointment_kind:
        found = found.filter(appointment_kind=appointment_kind)
    return found


def grouped(found: QuerySet, by: str) -> tuple[list[Row], Row]:
    """A row for each value of a group, and their total. Two queries."""
    found = found.annotate(
        value=TruncWeek("visit_on") if by == "week" else F(by)
    ).order_by()
    days: dict[Hashable, list[int]] = defaultdict(list)
    for value, booked_on, visit_on in found.values_list(
        "value", "booked_on", "visit_on"
    ):
        days[value].append((visit_on - booked_on).days)
    total = Row("All")
    rows = []
    for counts in found.values("value").annotate(**COUNTS).order_by("value"):
        value = counts.pop("value")
        row = Row(in_words(value), **counts, lead_days=days[value])
        total.add(row)
        rows.append(row)
    if by != "week":
        rows.sort(key=lambda row: (-row.booked, row.label))
    return rows, total


def in_words(value: date | str) -> str:
    if isinstance(value, date):
        return f"{value.day} {value:%B %Y}"
    return value or "Not known"


def known(name: str) -> list[str]:
    """The clinics or kinds that figures name, also those that are gone."""
    values = BookingFigure.objects.order_by(name).values_list(name, flat=True)
    return list(values.distinct())


def visits_by_page() -> QuerySet:
    """What came of each page that sent somebody to the booking form."""
    return (
        BookingFigure.objects.exclude(source_path="")
        .values("source_path")
        .annotate(booked=COUNTS["booked"], attended=COUNTS["attended"])
    )


def pages_at(paths: list[str], request: HttpRequest) -> dict[str, Model]:
    """The pages that have these addresses now, in one query."""
    site = Site.find_for_request(request)
    if site is None:
        return {}
    root = site.root_page.url_path
    by_path = {root + path.removeprefix("/"): path for path in paths}
    found = Page.objects.filter(url_path__in=by_path).only("pk", "title", "url_path")
    return {by_path[page.url_path]: page for page in found}
