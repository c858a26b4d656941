"""What staff do with a booking, each from its page and answered there in words."""

from collections.abc import Callable
from uuid import UUID

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request

from clinic_site.core.transactions import Busy

from ..bookings import changes
from ..bookings.changes import TooLate
from ..bookings.states import ChangedMeanwhile, StepNotAllowed
from ..diary.claims import TimeTaken
from ..models import FreeConsultation, Submission
from .booking_facts import CancelForm, place, span
from .cases import BUSY, get_case, may_change
from .clock import at_the_clinic
from .time_forms import GONE, TimeForm, WhereForm, picked

CHANGED = "Somebody else changed this booking just now. Please look again."


class AttendanceForm(forms.Form):
    came = forms.ChoiceField(choices=[("yes", "Attended"), ("no", "Did not attend")])


def get_booking(request: HttpRequest, pk: UUID) -> FreeConsultation:
    submission = get_case(request, pk)
    if not may_change(request.user, submission):
        raise PermissionDenied
    if submission.kind != Submission.Kind.BOOKING:
        raise Http404("Only bookings have these steps.")
    return submission.freeconsultation


def back(request: HttpRequest, booking: FreeConsultation) -> HttpResponse:
    """To where it was pressed, on this site, or else to the page of the booking."""
    url = get_valid_next_url_from_request(request)
    return redirect(url or reverse("consultations:case", args=[booking.pk]))


def do(
    request: HttpRequest,
    booking: FreeConsultation,
    step: Callable[[], FreeConsultation],
    words: str,
) -> HttpResponse:
    """Take the step and say so; or say, in words, why it was not taken."""
    try:
        current = step()
    except StepNotAllowed:
        booking.refresh_from_db(fields=["state"])
        state = booking.get_state_display().lower()
        messages.error(
            request, f"That cannot be done: {booking.reference} is “{state}” now."
        )
    except ChangedMeanwhile:
        messages.error(request, CHANGED)
    except TooLate:
        messages.error(request, "That could be undone for 14 days, which are over.")
    except Busy:
        messages.error(request, BUSY)
    else:
        messages.success(request, words.format(current=current))
    return back(request, booking)


def unwritten(booking: FreeConsultation, *, tells: bool = True) -> str:
    """Reminds whoever pressed that no mail goes out."""
    return "" if tells and booking.email else " Nobody is written to: phone them."


@require_POST
@at_the_clinic
def confirm_booking(request: HttpRequest, pk: UUID) -> HttpResponse:
    booking = get_booking(request, pk)
    return do(
        request,
        booking,
        lambda: changes.confirm(booking=booking, actor=request.user),
        "{current.reference} is confirmed." + unwritten(booking),
    )


@require_POST
@at_the_clinic
def cancel_booking(request: HttpRequest, pk: UUID) -> HttpResponse:
    booking = get_booking(request, pk)
    form = CancelForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Nothing was changed: choose a reason from the list.")
        return back(request, booking)
    asked = form.cleaned_data
    booking.state = asked["shown"]
    is_request = booking.state == FreeConsultation.State.REQUESTED
    is_spam = asked["reason"] == FreeConsultation.CancelReason.SPAM
    done = "declined" if is_request else "cancelled"
    silent = "" if is_spam else unwritten(booking, tells=asked["tells"])
    return do(
        request,
        booking,
        lambda: changes.cancel_for(
            booking=booking,
            actor=request.user,
            reason=asked["reason"],
            tells=asked["tells"],
        ),
        f"{{current.reference}} is {done}, and its time is free." + silent,
    )


@require_POST
@at_the_clinic
def mark_attendance(request: HttpRequest, pk: UUID) -> HttpResponse:
    booking = get_booking(request, pk)
    form = AttendanceForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Say whether the person attended or did not.")
        return back(request, booking)
    came = form.cleaned_data["came"] == "yes"
    return do(
        request,
        booking,
        lambda: changes.mark_attendance(booking=booking, came=came, actor=request.user),
        "{current.reference} is marked. You can undo that for 14 days.",
    )


@require_POST
@at_the_clinic
def undo_attendance(request: HttpRequest, pk: UUID) -> HttpResponse:
    booking = get_booking(request, pk)
    return do(
        request,
        booking,
        lambda: changes.undo_attendance(booking=booking, actor=request.user),
        "{current.reference} is not marked any more.",
    )


@require_http_methods(["GET", "HEAD", "POST"])
@at_the_clinic
def move_booking(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Another time for a booking; the first one for a wish that has none."""
    booking = get_booking(request, pk)
    if not booking.is_live:
        state = booking.get_state_display().lower()
        messages.error(
            request, f"{booking.reference} cannot be moved: it is “{state}”."
        )
        return back(request, booking)
    is_sent = request.method == "POST" and "show" not in request.POST
    given = picked((request.POST if request.method == "POST" else request.GET).dict())
    where = where_for(booking, given)
    times = where.times(ignoring=booking.reservation)
    if not is_sent:
        form = TimeForm(times=times, initial=given)
        return move_page(request, booking, where, form)
    form = TimeForm(given, times=times)
    if not (where.is_valid() and form.is_valid()):
        return move_page(request, booking, where, form)
    return move(request, booking, where, form)


def where_for(booking: FreeConsultation, given: dict) -> WhereForm:
    """A visit stays at its clinic until another is chosen; calls have no place."""
    stays = not booking.is_by_phone and booking.clinic and booking.clinic.is_open
    clinic = str(booking.clinic_id) if stays else ""
    return WhereForm({"clinic": clinic, **given}, kind=booking.appointment_kind)


def move(
    request: HttpRequest, booking: FreeConsultation, where: WhereForm, form: TimeForm
) -> HttpResponse:
    times, at = form.times, form.cleaned_data["at"]
    try:
        moved = changes.move_for(
            booking=booking,
            starts_at=at,
            actor=request.user,
            clinic=times.clinic,
            resources=times.resources,
            overbooking_reason=form.cleaned_data["reason"],
        )
    except TimeTaken:
        messages.error(request, GONE)
        form = TimeForm(form.data, times=where.times(ignoring=booking.reservation))
        form.instead = form.times.nearest(at)
        return move_page(request, booking, where, form, status=409)
    except StepNotAllowed:
        messages.error(request, CHANGED)
        return back(request, booking)
    except Busy:
        messages.error(request, BUSY)
        return move_page(request, booking, where, form, status=503)
    words = f"{moved.reference}: {span(moved)}. {place(moved)}."
    if moved.calendar_sequence == booking.calendar_sequence:
        messages.info(request, f"{words} It is there already: nothing was changed.")
    else:
        messages.success(request, words + unwritten(moved))
    return back(request, booking)


def move_page(
    request: HttpRequest,
    booking: FreeConsultation,
    where: WhereForm,
    form: TimeForm,
    *,
    status: int = 0,
) -> HttpResponse:
    is_right = not where.errors and not (form.is_bound and form.errors)
    title = f"Move {booking.reference}" if booking.starts_at else "Agree on a time"
    context = {
        "header_title": title,
        "header_icon": "date",
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": "Home"},
            {"url": reverse("consultations:inbox"), "label": "Consultations"},
            {
                "url": reverse("consultations:case", args=[booking.pk]),
                "label": booking.reference,
            },
            {"url": "", "label": title},
        ],
        "booking": booking,
        "when": span(booking),
        "where": where,
        "form": form,
        "times": form.times,
        "verb": "Move",
        "next": get_valid_next_url_from_request(request),
    }
    return render(
        request,
        "consultations/staff/move.html",
        context,
        status=status or (200 if is_right else 422),
    )
