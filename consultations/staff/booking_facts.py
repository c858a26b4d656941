"""What the page of a case says of a booking, and what can be done with it now."""

from django import forms
from django.utils.http import url_has_allowed_host_and_scheme

from ..bookings.times import clock, in_words
from ..diary.clock import on_the_wall
from ..models import FreeConsultation, WaitingEntry

OTHERS_SHOWN = 20
State = FreeConsultation.State
# What the page reads with a booking, in the same query.
WITH = ("appointment_kind", "clinic", "resource__clinic", "reservation__resource")


class CancelForm(forms.Form):
    # What the page showed: who declines a request must not cancel what a colleague
    # has just confirmed.
    shown = forms.ChoiceField(choices=State, widget=forms.HiddenInput)
    reason = forms.ChoiceField(
        choices=[("", "Choose a reason"), *FreeConsultation.CancelReason.choices],
        label="Reason",
    )
    tells = forms.BooleanField(
        required=False,
        label="Write to the person",
        help_text="Nobody is written to for spam, or without an email address.",
    )


def possible_steps(booking: FreeConsultation) -> set[str]:
    is_request = booking.state == State.REQUESTED
    is_confirmed = booking.state == State.CONFIRMED
    has_time = booking.starts_at is not None
    steps = {
        "confirm": is_request and has_time and not booking.is_over,
        "decline": is_request,
        "cancel": is_confirmed,
        "move": booking.is_live,
        "mark": is_confirmed and booking.is_over,
        "undo": booking.may_undo_attendance(),
    }
    return {name for name, is_possible in steps.items() if is_possible}


def facts_of(booking: FreeConsultation) -> dict:
    """For the templates. Two queries, however many other bookings there are."""
    same_person = FreeConsultation.objects.of_the_same_person(booking)
    others = same_person.select_related("appointment_kind", "clinic").defer("note")
    found = list(others[: OTHERS_SHOWN + 1])
    return {
        "booking": booking,
        "when": span(booking),
        "when_there": when_there(booking),
        "is_extra": booking.reservation is not None and booking.reservation.is_extra,
        "source_is_path": is_path(booking.source_path),
        "booked_by": booked_by(booking),
        "steps": possible_steps(booking),
        "cancel_form": CancelForm(
            initial={
                "shown": booking.state,
                "tells": bool(booking.email) and not booking.is_over,
            }
        ),
        "others": [(other, span(other)) for other in found[:OTHERS_SHOWN]],
        "has_more_others": len(found) > OTHERS_SHOWN,
    }


def span(booking: FreeConsultation) -> str:
    """From when to when in London; empty without a time."""
    if booking.starts_at is None:
        return ""
    return f"{in_words(booking.starts_at)} to {clock(on_the_wall(booking.ends_at))}"


def place(found: FreeConsultation | WaitingEntry) -> str:
    """Where the person comes, or would like to; for a call, that we phone."""
    if found.appointment_kind.is_by_phone:
        return "By phone"
    return found.clinic.name if found.clinic else "Any clinic"


def when_there(booking: FreeConsultation) -> str:
    """Where the person is; empty where that is in London's time."""
    if booking.starts_at is None or not booking.shows_other_zone:
        return ""
    return in_words(booking.starts_at, booking.zone)


def is_path(source: str) -> bool:
    """Whether it leads to a page of this site: visitors' browsers send it."""
    return source.startswith("/") and url_has_allowed_host_and_scheme(
        source, allowed_hosts=None
    )


def booked_by(booking: FreeConsultation) -> str:
    if hasattr(booking, "waited_as"):
        return "By the person, from the waiting list"
    figure = getattr(booking, "figure", None)
    if figure and figure.is_by_staff:
        return "By staff, on the telephone"
    return "By the person, on this site"
