"""Another time for what a visitor has begun; what they typed stays."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from ..diary.availability import free_slots
from ..diary.claims import TimeTaken
from . import services
from .draft_views import facts, gone, of_draft, with_form
from .models import BookingDraft
from .time_lists import TimeForm, value_of
from .views import FOLDER, HOLDS, asked_day, days_to_choose, see_other
from .way import DraftWay, way_of_draft


@of_draft
@with_form
def choose_time(request: HttpRequest, draft: BookingDraft, token: str) -> HttpResponse:
    """Days first; with `?day=` the times of one; `?clinic=` for another clinic."""
    way = way_of_draft(request, draft, token)
    form = TimeForm(
        request.POST if request.method == "POST" else None,
        initial={"at": value_of(draft.starts_at)},
    )
    if form.is_valid():
        return take(request, draft, token, way, form.cleaned_data["at"])
    day = asked_day(request, "day")
    if day is None and not form.is_bound:
        return days(request, draft, token, way)
    day = day or timezone.localdate(draft.starts_at)
    slots = free_slots(
        kind=way.kind,
        clinic=way.clinic,
        first=day,
        last=day,
        ignoring=draft.reservation,
    )
    form.offer(slots, legend="Free times", zone=way.zone)
    context = {
        **facts(draft, token),
        "heading": "Choose another time",
        "way": way,
        "form": form,
        "day": day,
        "has_times": bool(slots),
    }
    status = 422 if form.is_bound else 200
    return render(request, f"{FOLDER}other_time.html", context, status=status)


def days(
    request: HttpRequest, draft: BookingDraft, token: str, way: DraftWay
) -> HttpResponse:
    context = {
        **facts(draft, token),
        **days_to_choose(request, way, ignoring=draft.reservation),
        "heading": "Choose another day",
        "way": way,
        "others": way.others() if way.clinic else [],
    }
    return render(request, f"{FOLDER}other_day.html", context)


def take(
    request: HttpRequest,
    draft: BookingDraft,
    token: str,
    way: DraftWay,
    starts_at: datetime,
) -> HttpResponse:
    HOLDS.check(request)
    try:
        services.choose_time(
            draft=draft, starts_at=starts_at, clinic=way.clinic, zone=way.zone
        )
    except TimeTaken:
        return gone(request, draft, token, way, starts_at)
    name = "booking_check" if draft.is_complete else "booking_details"
    return see_other(name, token)
