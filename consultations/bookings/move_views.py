"""Moving a booking by its link: another day, then another time."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from ..diary.availability import Slot
from ..diary.claims import TimeTaken
from . import changes, moving
from .change_forms import MoveForm
from .change_views import (
    FOLDER,
    Step,
    facts,
    form_page,
    opened_by_link,
    refused,
    send,
    to_booking,
    zone_of,
)
from .models import FreeConsultation
from .time_lists import weeks_of
from .views import asked_day

TIMES = f"{FOLDER}move_times.html"


@opened_by_link
@form_page
def move_booking(
    request: HttpRequest, booking: FreeConsultation, token: str
) -> HttpResponse:
    """Days first; with `?day=` the times of one, and the surname."""
    possible = FreeConsultation.may_be_changed_by_visitor
    if refusal := refused(request, booking, token, possible):
        return refusal
    if request.method == "POST":
        return move(request, booking, token)
    day = asked_day(request, "day")
    slots = moving.times_for(booking, day=day) if day else []
    if slots:
        context = {**facts(booking, token), "form": offer(MoveForm(), booking, slots)}
        return render(request, TIMES, context)
    return show_days(request, booking, token, day_is_full=day is not None)


def show_days(
    request: HttpRequest, booking: FreeConsultation, token: str, *, day_is_full: bool
) -> HttpResponse:
    free = moving.days_for(booking, first=asked_day(request, "first"))
    path = reverse("move_booking", args=[token])
    context = {
        **facts(booking, token),
        "day_is_full": day_is_full,
        "weeks": weeks_of(free, lambda day: f"{path}?day={day}"),
        "earlier_url": free.earlier and f"{path}?first={free.earlier}",
        "later_url": free.later and f"{path}?first={free.later}",
    }
    return render(request, f"{FOLDER}move_days.html", context)


def offer(form: MoveForm, booking: FreeConsultation, slots: list[Slot]) -> MoveForm:
    legend = date_format(slots[0].day, "l j F") if slots else "Choose a time"
    return form.offer(slots, legend=legend, zone=zone_of(booking))


def move(request: HttpRequest, booking: FreeConsultation, token: str) -> HttpResponse:
    form = MoveForm(request.POST)
    starts_at = form.chosen()
    step = Step(
        template=TIMES,
        do=partial(changes.move, starts_at=starts_at, clinic=moving.place_of(booking)),
        is_possible=FreeConsultation.may_be_changed_by_visitor,
        is_done=lambda booking: booking.starts_at == starts_at,
    )
    if step.is_done(booking):  # perhaps sent twice: no second mail
        return to_booking(token)
    around = timezone.localdate(starts_at or booking.starts_at)
    day = asked_day(request, "day") or around
    offer(form, booking, moving.times_for(booking, day=day))
    try:
        return send(request, booking, token, form=form, step=step)
    except TimeTaken:
        nearest = moving.times_near(booking, to=starts_at)
        form.offer_instead(nearest, zone=zone_of(booking))
        context = {**facts(booking, token), "form": form}
        return render(request, TIMES, context, status=409)
