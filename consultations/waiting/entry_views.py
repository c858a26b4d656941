"""The page of somebody's place on the list, opened by the link in their mails.

Opening it changes nothing: programs that look for harmful mails open every link.
"""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from clinic_site.core.rate_limit import Limit, TooManyRequests
from clinic_site.core.transactions import Busy

from ..bookings import zones
from ..bookings.change_forms import SurnameForm
from ..bookings.times import clock, in_words
from ..diary.claims import TimeTaken
from ..records.links import MOST_FAILURES, LinkFrozen, WrongSurname
from ..records.private_pages import private_page
from ..records.proof import prove
from . import offers, services, taking
from .forms import OfferForm
from .models import WaitingEntry

ANSWERS = Limit("waiting-answers", times=20, seconds=600)
FOLDER = "consultations/waiting/"

GONE = "That time has just gone."
TOO_MANY = (
    "Too many answers were sent from your connection in the last minutes. Nothing was "
    "changed. Wait ten minutes and send it once more, or phone us."
)
BUSY = (
    "We could not do it just now, and nothing was changed. Wait a moment and send it "
    "once more."
)

View = Callable[..., HttpResponse]


def opened_by_link(view: View) -> View:
    """Hands the view the entry whose mail held the address, or says it is over."""

    @private_page
    @wraps(view)
    def answer(request: HttpRequest, token: str) -> HttpResponse:
        entry = WaitingEntry.objects.of_link(token).first()
        if entry is None:
            return render(request, f"{FOLDER}link_over.html", status=404)
        return view(request, entry, token)

    return answer


def sent_by_form(view: View) -> View:
    """Whoever opens the address of a form's answer by hand is shown the page."""

    @opened_by_link
    @wraps(view)
    def answer(request: HttpRequest, entry: WaitingEntry, token: str) -> HttpResponse:
        is_post = request.method == "POST"
        return view(request, entry, token) if is_post else to_entry(token)

    return answer


@private_page
def elsewhere(request: HttpRequest, **kwargs) -> HttpResponse:
    """Below a link's address, where there is nothing. Wagtail would log the path."""
    return render(request, f"{FOLDER}link_over.html", status=404)


@opened_by_link
@require_safe
def waiting_entry(
    request: HttpRequest, entry: WaitingEntry, token: str
) -> HttpResponse:
    return show(request, entry, token)


def show(
    request: HttpRequest,
    entry: WaitingEntry,
    token: str,
    *,
    form: OfferForm | None = None,
    notice: str = "",
    status: int = 200,
) -> HttpResponse:
    offer = entry.open_offer() if entry.state == entry.State.OFFERED else None
    booking = entry.booking if entry.booking and entry.booking.is_live else None
    told = offer or booking
    context = {
        "entry": entry,
        "token": token,
        "offer": offer,
        "booking": booking,
        "when": in_words(told.starts_at) if told else "",
        "there": zones.there(told.starts_at, entry.zone) if told else "",
        "kept_until": clock(timezone.localtime(offer.expires_at)) if offer else "",
        "form": form or OfferForm(entry=entry),
        "is_frozen": entry.link_failures >= MOST_FAILURES,
        "notice": notice,
    }
    return render(request, f"{FOLDER}entry.html", context, status=status)


def to_entry(token: str) -> HttpResponse:
    return HttpResponseRedirect(reverse("waiting_entry", args=[token]), status=303)


@sent_by_form
def leave(request: HttpRequest, entry: WaitingEntry, token: str) -> HttpResponse:
    """Without a second proof: whoever did not mean it comes back as easily."""
    return answer(request, entry, token, lambda: services.leave(entry=entry))


@sent_by_form
def rejoin(request: HttpRequest, entry: WaitingEntry, token: str) -> HttpResponse:
    return answer(request, entry, token, lambda: services.rejoin(entry=entry))


@sent_by_form
def decline(request: HttpRequest, entry: WaitingEntry, token: str) -> HttpResponse:
    """With the second proof: a time that is declined is not offered again."""
    offer_id = offer_in(request)
    return with_proof(
        request,
        entry,
        token,
        SurnameForm(request.POST),
        lambda form: offers.decline(entry=entry, offer_id=offer_id),
    )


def offer_in(request: HttpRequest) -> int:
    """The one that was on the page; 0 for what can be none."""
    typed = request.POST.get("offer", "")
    return int(typed) if typed.isdecimal() and len(typed) < 19 else 0


def answer(
    request: HttpRequest, entry: WaitingEntry, token: str, do: Callable[[], object]
) -> HttpResponse:
    try:
        ANSWERS.check(request)
        do()
    except TooManyRequests as error:
        response = show(request, entry, token, notice=TOO_MANY, status=429)
        response["Retry-After"] = str(error.retry_after)
        return response
    except Busy:
        return show(request, entry, token, notice=BUSY, status=503)
    return to_entry(token)


@sent_by_form
def take(request: HttpRequest, entry: WaitingEntry, token: str) -> HttpResponse:
    offer_id = offer_in(request)
    return with_proof(
        request,
        entry,
        token,
        OfferForm(request.POST, entry=entry),
        lambda form: taking.take(entry=entry, offer_id=offer_id, **form.answers()),
    )


def with_proof(
    request: HttpRequest,
    entry: WaitingEntry,
    token: str,
    form: SurnameForm,
    do: Callable[[SurnameForm], object],
) -> HttpResponse:
    is_complete = form.is_valid()

    def again(message: str = "", status: int = 422) -> HttpResponse:
        if message:
            form.add_error(None, message)
        return show(request, entry, token, form=form, status=status)

    try:
        ANSWERS.check(request)
        if not is_complete:
            return again()
        prove(submission=entry, surname=form.cleaned_data["surname"])
        do(form)
    except WrongSurname as error:
        form.refuse_surname(error.tries_left)
        return again()
    except LinkFrozen:
        return again(status=403)
    except TimeTaken:
        current = WaitingEntry.objects.of_link(token).get()
        return show(request, current, token, notice=GONE, status=409)
    except TooManyRequests as error:
        response = again(TOO_MANY, status=429)
        response["Retry-After"] = str(error.retry_after)
        return response
    except Busy:
        return again(BUSY, status=503)
    return to_entry(token)
