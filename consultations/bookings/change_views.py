"""What people do with their booking by the link in its mails.

Opening a page changes nothing, however often: programs that look for harmful mails
open every link. A change takes a form with the surname.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial, wraps

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from clinic_site.core.rate_limit import Limit, TooManyRequests
from clinic_site.core.transactions import Busy

from ..diary.claims import TimeTaken
from ..records.links import AccessLink, LinkFrozen, WrongSurname, is_frozen
from ..records.private_pages import private_page
from ..records.proof import prove
from . import changes, times, zones
from .change_forms import SurnameForm
from .models import LONDON, UNDO_CANCELLING, FreeConsultation
from .states import ChangedMeanwhile, StepNotAllowed

CHANGES = Limit("booking-changes", times=20, seconds=600)
FOLDER = "consultations/change/"

TOO_MANY = (
    "Too many changes were sent from your connection in the last minutes. Nothing was "
    "changed. Wait ten minutes and send it once more, or phone us."
)
BUSY = (
    "We could not do it just now, and nothing was changed. Wait a moment and send it "
    "once more."
)
NOT_POSSIBLE = "That could not be done. This is how your appointment is now."

View = Callable[..., HttpResponse]
form_page = require_http_methods(["GET", "HEAD", "POST"])


def opened_by_link(view: View) -> View:
    """Hands the view the booking whose mail held the address, or says it is over."""

    @private_page
    @wraps(view)
    def answer(request: HttpRequest, token: str, **kwargs) -> HttpResponse:
        booking = booking_behind(token)
        if booking is None:
            return render(request, f"{FOLDER}link_over.html", status=404)
        return view(request, booking, token, **kwargs)

    return answer


def booking_behind(token: str) -> FreeConsultation | None:
    links = AccessLink.objects.of(token, AccessLink.Purpose.BOOKING)
    return FreeConsultation.objects.with_everything().filter(links__in=links).first()


@opened_by_link
@require_safe
def change_booking(
    request: HttpRequest, booking: FreeConsultation, token: str
) -> HttpResponse:
    return show(request, booking, token)


def show(
    request: HttpRequest,
    booking: FreeConsultation,
    token: str,
    *,
    notice: str = "",
    status: int = 200,
) -> HttpResponse:
    undo_until = timezone.localtime(booking.state_changed_at + UNDO_CANCELLING)
    context = {
        **facts(booking, token),
        "notice": notice,
        "is_frozen": is_frozen(booking),
        "undo_until": times.clock(undo_until),
    }
    return render(request, f"{FOLDER}appointment.html", context, status=status)


def facts(booking: FreeConsultation, token: str) -> dict:
    """What every page says of the appointment: when and where, not whose."""
    found = {
        "booking": booking,
        "token": token,
        "kind": booking.appointment_kind,
        "visited": None if booking.is_by_phone else booking.clinic,
    }
    if booking.starts_at:
        found["when"] = times.in_words(booking.starts_at)
        found["there"] = zones.there(booking.starts_at, zone_of(booking))
    return found


def zone_of(booking: FreeConsultation) -> str:
    """Those who come to a clinic come to London."""
    return booking.zone if booking.is_by_phone else LONDON


def frozen(request: HttpRequest) -> HttpResponse:
    return render(request, f"{FOLDER}frozen.html", status=403)


@private_page
def elsewhere(request: HttpRequest, **kwargs) -> HttpResponse:
    """Below a link's address, where there is nothing: Wagtail would log the path."""
    return render(request, f"{FOLDER}link_over.html", status=404)


@dataclass(frozen=True)
class Step:
    """Something that people do with their booking; `do` takes it as `booking`."""

    template: str
    do: Callable[..., object]
    is_possible: Callable[[FreeConsultation], bool]
    is_done: Callable[[FreeConsultation], bool]


CANCEL = Step(
    template=f"{FOLDER}cancel.html",
    do=changes.cancel,
    is_possible=FreeConsultation.may_be_changed_by_visitor,
    is_done=lambda booking: booking.state == booking.State.CANCELLED,
)
UNDO = Step(
    template=f"{FOLDER}undo.html",
    do=changes.undo_cancel,
    is_possible=FreeConsultation.may_undo_cancelling,
    is_done=lambda booking: booking.is_live,
)
STOP_REMINDERS = Step(
    template=f"{FOLDER}reminders.html",
    do=changes.stop_reminders,
    is_possible=lambda booking: booking.is_live and not booking.is_over,
    is_done=lambda booking: not booking.wants_reminders,
)


@opened_by_link
@form_page
def take_step(
    request: HttpRequest, booking: FreeConsultation, token: str, *, step: Step
) -> HttpResponse:
    if step.is_done(booking):  # perhaps sent twice: no second mail
        return to_booking(token)
    if refusal := refused(request, booking, token, step.is_possible):
        return refusal
    if request.method != "POST":
        context = {**facts(booking, token), "form": SurnameForm()}
        return render(request, step.template, context)
    try:
        return send(request, booking, token, form=SurnameForm(request.POST), step=step)
    except TimeTaken:
        return render(request, f"{FOLDER}time_gone.html", status=409)


def send(
    request: HttpRequest,
    booking: FreeConsultation,
    token: str,
    *,
    form: SurnameForm,
    step: Step,
) -> HttpResponse:
    """Take the step when the surname is right; otherwise the form again, with words.

    Raises TimeTaken.
    """
    context = {**facts(booking, token), "form": form}
    page = partial(render, request, step.template, context)
    is_complete = form.is_valid()
    try:
        CHANGES.check(request)
        if not is_complete:
            return page(status=422)
        prove(submission=booking, surname=form.cleaned_data["surname"])
        step.do(booking=booking)
    except TooManyRequests as error:
        form.add_error(None, TOO_MANY)
        response = page(status=429)
        response["Retry-After"] = str(error.retry_after)
        return response
    except WrongSurname as error:
        form.refuse_surname(error.tries_left)
        return page(status=422)
    except LinkFrozen:
        return frozen(request)
    except Busy:
        form.add_error(None, BUSY)
        return page(status=503)
    except (changes.TooLate, StepNotAllowed, ChangedMeanwhile):
        booking.refresh_from_db()
        if not step.is_done(booking):  # by the same form, sent twice at once
            return as_it_is_now(request, booking, token)
    return to_booking(token)


def refused(
    request: HttpRequest,
    booking: FreeConsultation,
    token: str,
    is_possible: Callable[[FreeConsultation], bool],
) -> HttpResponse | None:
    """The answer to what is not, or no longer, possible; None when it is."""
    if not is_possible(booking):
        return as_it_is_now(request, booking, token)
    if is_frozen(booking) and request.method != "POST":
        return frozen(request)
    return None


def as_it_is_now(
    request: HttpRequest, booking: FreeConsultation, token: str
) -> HttpResponse:
    """The appointment itself says what can still be done, and why not more."""
    if request.method != "POST":
        return to_booking(token)
    return show(request, booking, token, notice=NOT_POSSIBLE, status=409)


def to_booking(token: str) -> HttpResponse:
    return HttpResponseRedirect(reverse("change_booking", args=[token]), status=303)
