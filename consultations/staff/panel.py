from datetime import datetime, timedelta

from django.db.models import Count, Min
from django.urls import reverse
from django.utils.timesince import timesince
from wagtail.admin.ui.components import Component

from ..diary.clock import midnight, today
from ..models import FreeConsultation, Submission, WaitingEntry
from .bookings import list_url
from .cases import may_view

# What each line says of one, and of several.
LINES = {
    "today": ("visit or call today", "visits and calls today"),
    "requested": ("request to confirm", "requests to confirm"),
    "unmarked": ("visit over and not marked yet", "visits over and not marked yet"),
    "online": ("new online consultation", "new online consultations"),
    "waiting": ("person on the waiting list", "people on the waiting list"),
}


class WaitingPanel(Component):
    """On the first screen: who comes today, what is staff's turn, and how old it is."""

    name = "waiting_consultations"
    template_name = "consultations/staff/panel.html"
    order = 50

    def get_context_data(self, parent_context: dict) -> dict:
        if not may_view(parent_context["request"].user):
            return {"is_shown": False}
        return {"is_shown": True, "lines": lines()}


def lines() -> list[dict]:
    """What there is nothing of is left out, but for today. Five queries."""
    bookings, inbox = FreeConsultation.objects, reverse("consultations:inbox")
    waiting_list = reverse("consultations:waiting_list")
    requested = bookings.filter(state=FreeConsultation.State.REQUESTED)
    online = Submission.objects.filter(kind="online", status=Submission.Status.NEW)
    begin, end = midnight(today()), midnight(today() + timedelta(days=1))
    on_today = bookings.live().filter(starts_at__gte=begin, starts_at__lt=end)
    found = [
        line("today", on_today.count(), reverse("consultations:board")),
        aged("requested", requested, list_url(state="requested")),
        line("unmarked", bookings.unmarked().count(), list_url(state="unmarked")),
        aged("online", online, f"{inbox}?kind=online&status=new"),
        line("waiting", WaitingEntry.objects.in_turn().count(), waiting_list),
    ]
    return [one for one in found if one["count"] or one["key"] == "today"]


def aged(key: str, queryset, url: str) -> dict:
    found = queryset.order_by().aggregate(count=Count("pk"), oldest=Min("created_at"))
    return line(key, found["count"], url, found["oldest"])


def line(key: str, count: int, url: str, oldest: datetime | None = None) -> dict:
    one, several = LINES[key]
    return {
        "key": key,
        "count": count,
        "text": f"{count or 'No'} {one if count == 1 else several}",
        "url": url,
        "age": timesince(oldest) if oldest else "",
    }
