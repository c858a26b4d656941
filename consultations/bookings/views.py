"""The visitor's way to a time: where, on which day, when. Nobody is known yet."""

from datetime import date, datetime
from functools import wraps

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from clinic_site.core.rate_limit import Limit

from ..diary.availability import free_slots, nearest_slots
from ..diary.claims import TimeTaken
from ..diary.models import Reservation
from . import services, zones
from .choosing import free_days
from .models import BookingDraft
from .time_lists import TimeForm, weeks_of
from .way import Way, first_steps, page_at, source_of, way_of

FOLDER = "consultations/book/"
# Each holds a time for ten minutes, and so does each renewal: no address has more.
HOLDS = Limit("holds", times=20, seconds=600)

fresh = cache_control(private=True, no_store=True)


def not_indexed(view):
    """Days and times change by the minute; search engines find the start page."""

    @wraps(view)
    def answer(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["X-Robots-Tag"] = "noindex"
        return response

    return answer


def on_the_way(view):
    """Hands the view the way so far. Who visits says first at which clinic."""

    @wraps(view)
    def answer(
        request: HttpRequest, kind: str, clinic: str = "", **kwargs
    ) -> HttpResponse:
        way = way_of(request, kind, clinic)
        if way.lacks_clinic:
            return redirect(way.start_url())
        return view(request, way, **kwargs)

    return answer


@fresh
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    steps = first_steps(source_of(request))
    return render(request, f"{FOLDER}start.html", {"steps": steps})


@fresh
@not_indexed
@require_safe
@on_the_way
def choose_day(request: HttpRequest, way: Way) -> HttpResponse:
    context = {
        "step": 2,
        "heading": "Choose a day",
        "way": way,
        **days_to_choose(request, way),
    }
    return render(request, f"{FOLDER}day.html", context)


def days_to_choose(
    request: HttpRequest, way: Way, ignoring: Reservation | None = None
) -> dict:
    free = free_days(
        kind=way.kind,
        clinic=way.clinic,
        first=asked_day(request, "first"),
        ignoring=ignoring,
    )
    return {
        "weeks": weeks_of(free, way.times_url),
        "earlier_url": way.days_url(free.earlier) if free.earlier else "",
        "later_url": way.days_url(free.later) if free.later else "",
        "zones": zones.choices(way.zone) if way.kind.is_by_phone else [],
    }


def asked_day(request: HttpRequest, name: str) -> date | None:
    """None also for what is no day."""
    try:
        return parse_date(request.GET.get(name, ""))
    except ValueError:  # like 30 February
        return None


# The token against cross-site requests would be the only cookie of the whole way. As
# with `private_page`, nothing is lost without: this page knows nobody by a cookie, so
# another site can make a visitor's browser do no more than anybody may, which is to
# hold a time; and how often an address may do that is limited.
@csrf_exempt
@fresh
@not_indexed
@require_http_methods(["GET", "HEAD", "POST"])
@on_the_way
def choose_time(request: HttpRequest, way: Way, day: date) -> HttpResponse:
    form = TimeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        return hold(request, way, form.cleaned_data["at"])
    slots = free_slots(kind=way.kind, clinic=way.clinic, first=day, last=day)
    form.offer(slots, legend="Free times", zone=way.zone)
    context = {
        "step": 3,
        "heading": "Choose a time",
        "way": way,
        "form": form,
        "day": day,
        "has_times": bool(slots),
    }
    status = 422 if form.is_bound else 200
    return render(request, f"{FOLDER}time.html", context, status=status)


def hold(request: HttpRequest, way: Way, starts_at: datetime) -> HttpResponse:
    HOLDS.check(request)
    try:
        _, token = services.begin_draft(
            kind=way.kind,
            clinic=way.clinic,
            starts_at=starts_at,
            zone=way.zone,
            source_path=page_at(request, way.source),
        )
    except TimeTaken:
        return time_gone(request, way, starts_at, days_url=way.days_url())
    return see_other("booking_details", token)


def time_gone(
    request: HttpRequest,
    way: Way,
    starts_at: datetime,
    *,
    days_url: str,
    take_url: str = "",
    draft: BookingDraft | None = None,
) -> HttpResponse:
    """The three nearest free times, to take one at once."""
    slots = nearest_slots(kind=way.kind, clinic=way.clinic, to=starts_at)
    form = TimeForm().offer_nearest(
        slots, legend="The nearest free times", zone=way.zone
    )
    context = {
        "heading": "That time has just gone",
        "way": way,
        "form": form,
        "has_times": bool(slots),
        "days_url": days_url,
        "take_url": take_url or request.get_full_path(),
        "draft": draft,
    }
    return render(request, f"{FOLDER}time_gone.html", context, status=409)


def see_other(name: str, token: str) -> HttpResponse:
    """After a form: what follows is fetched by GET."""
    return HttpResponseRedirect(reverse(name, args=[token]), status=303)
