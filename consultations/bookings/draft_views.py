"""From a held time to a booking. The address of these pages is a secret; no cookies.

What was typed lies in the draft, so going back, reloading and losing the time to
somebody else cost nothing of it.
"""

from collections.abc import Callable
from datetime import datetime
from functools import partial, wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from clinic_site.core.models import ClinicSettings
from clinic_site.core.rate_limit import TooManyRequests
from clinic_site.core.transactions import Busy

from ..diary.claims import TimeTaken
from ..records import phone_numbers
from ..records.private_pages import private_page
from ..records.services import SubmittedDifferently
from ..records.views import SUBMISSIONS
from . import calendar_file, services, times, zones
from .forms import DetailsForm
from .models import BookingDraft, FreeConsultation
from .views import FOLDER, HOLDS, see_other, time_gone
from .way import DraftWay, way_of_draft

View = Callable[..., HttpResponse]
with_form = require_http_methods(["GET", "HEAD", "POST"])

SENT_DIFFERENTLY = (
    "You have booked on this page before, with other details: your reference is {}. "
    "To change that appointment, use the link in the email we sent you."
)
TOO_MANY = (
    "Too many bookings were sent from your connection in the last minute. Nothing you "
    "typed is lost: wait a minute and press the button again, or phone us."
)
BUSY = (
    "We could not book it just now, because many people are booking. Nothing you typed "
    "is lost: wait a moment and press the button again."
)
DONE_HEADINGS = {
    FreeConsultation.State.REQUESTED: "We have your request",
    FreeConsultation.State.CONFIRMED: "Your appointment is booked",
}
NEXT = {"time": "booking_time", "check": "booking_check"}


def of_draft(view: View) -> View:
    """Hands the view the visitor's draft; once it is booked, leads to what became."""

    @private_page
    @wraps(view)
    def answer(request: HttpRequest, token: str) -> HttpResponse:
        draft = found(token)
        if draft is None:
            return too_old(request)
        if draft.booking_id:
            return see_other("booking_done", token)
        return view(request, draft, token)

    return answer


def of_booking(view: View) -> View:
    """Hands the view the booking that the draft has become."""

    @private_page
    @require_safe
    @wraps(view)
    def answer(request: HttpRequest, token: str) -> HttpResponse:
        draft = found(token)
        if draft is None:
            return too_old(request)
        if draft.booking_id is None:
            return see_other("booking_check", token)
        bookings = FreeConsultation.objects.with_everything()
        return view(request, bookings.get(pk=draft.booking_id), token)

    return answer


def found(token: str) -> BookingDraft | None:
    return BookingDraft.objects.of(token).with_everything().first()


def too_old(request: HttpRequest) -> HttpResponse:
    return render(request, f"{FOLDER}link_over.html", status=404)


@private_page
def elsewhere(request: HttpRequest) -> HttpResponse:
    """Below a draft's address, where there is nothing: Wagtail would log the path."""
    return too_old(request)


def facts(draft: BookingDraft, token: str) -> dict:
    """What each of these pages says of the time, and of how long it is kept."""
    held = draft.reservation
    return {
        "draft": draft,
        "token": token,
        "kind": draft.appointment_kind,
        "when": times.in_words(draft.starts_at),
        "there": zones.there(draft.starts_at, draft.zone),
        "is_gone": held is None,
        "kept_until": (
            times.clock(timezone.localtime(held.expires_at))
            if held and held.expires_at and not held.is_expired
            else ""
        ),
    }


@of_draft
@with_form
def details(request: HttpRequest, draft: BookingDraft, token: str) -> HttpResponse:
    form = DetailsForm(request.POST if request.method == "POST" else None, draft=draft)
    if form.is_valid():
        services.store_details(draft=draft, **form.details())
        return see_other("booking_check", token)
    context = {
        **facts(draft, token),
        "step": 4,
        "heading": "Your details",
        "form": form,
    }
    status = 422 if form.is_bound else 200
    return render(request, f"{FOLDER}details.html", context, status=status)


@of_draft
@with_form
def keep(request: HttpRequest, draft: BookingDraft, token: str) -> HttpResponse:
    """Ten minutes more, or on to another time, with what stands in the form kept."""
    if request.method == "POST":
        if "email" in request.POST:
            typed = DetailsForm(request.POST, draft=draft).typed()
            services.keep_typed(draft=draft, typed=typed)
        if request.POST.get("then") != "time":
            HOLDS.check(request)
            try:
                services.renew_hold(draft=draft)
            except TimeTaken:
                return gone(request, draft, token)
    return see_other(NEXT.get(request.POST.get("then"), "booking_details"), token)


def gone(
    request: HttpRequest,
    draft: BookingDraft,
    token: str,
    way: DraftWay | None = None,
    starts_at: datetime | None = None,
) -> HttpResponse:
    way = way or way_of_draft(request, draft, token)
    return time_gone(
        request,
        way,
        starts_at or draft.starts_at,
        days_url=way.days_url(),
        take_url=way.page_url(),
        draft=draft,
    )


@of_draft
@with_form
def check(request: HttpRequest, draft: BookingDraft, token: str) -> HttpResponse:
    if not draft.is_complete:
        return see_other("booking_details", token)
    if request.method != "POST":
        return check_page(request, draft, token)
    try:
        services.book(draft=draft, check_limit=partial(SUBMISSIONS.check, request))
    except TimeTaken:
        return gone(request, draft, token)
    except SubmittedDifferently as error:
        words = SENT_DIFFERENTLY.format(error.submission.reference)
        return check_page(request, draft, token, notice=words, status=409)
    except TooManyRequests as error:
        response = check_page(request, draft, token, notice=TOO_MANY, status=429)
        response["Retry-After"] = str(error.retry_after)
        return response
    except Busy:
        return check_page(request, draft, token, notice=BUSY, status=503)
    return see_other("booking_done", token)


def check_page(
    request: HttpRequest,
    draft: BookingDraft,
    token: str,
    *,
    notice: str = "",
    status: int = 200,
) -> HttpResponse:
    verb = "ask" if draft.appointment_kind.needs_confirmation else "book"
    hours = FreeConsultation.PreferredHours(draft.details["preferred_hours"])
    context = {
        **facts(draft, token),
        "step": 5,
        "heading": f"Check and {verb}",
        "details": draft.details,
        "phone": phone_numbers.shown(draft.details["phone"]),
        "hours": hours.label,
        "notice": notice,
    }
    return render(request, f"{FOLDER}check.html", context, status=status)


@of_booking
def done(request: HttpRequest, booking: FreeConsultation, token: str) -> HttpResponse:
    """Says nothing of the person, so that it may be left open."""
    kind = booking.appointment_kind
    context = {
        "heading": DONE_HEADINGS.get(booking.state, "This appointment is closed"),
        "booking": booking,
        "token": token,
        "kind": kind,
        "visited": None if kind.is_by_phone else booking.clinic,
        "when": times.in_words(booking.starts_at),
        "there": zones.there(booking.starts_at, booking.zone),
        "is_request": booking.state == FreeConsultation.State.REQUESTED,
    }
    return render(request, f"{FOLDER}done.html", context)


@of_booking
def calendar(
    request: HttpRequest, booking: FreeConsultation, token: str
) -> HttpResponse:
    if booking.state != FreeConsultation.State.CONFIRMED:
        return too_old(request)
    clinic = ClinicSettings.for_request(request)
    text = calendar_file.text_of(booking, clinic, calendar_file.PUBLISHES)
    return HttpResponse(
        text,
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="appointment.ics"'},
    )
