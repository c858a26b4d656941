"""What staff book for somebody on the telephone, also beside a full diary."""

import uuid
from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone

from clinic_site.core.models import Clinic
from clinic_site.users.models import User

from ..diary import availability, claims
from ..diary.claims import TimeTaken
from ..diary.clock import day_of
from ..diary.models import AppointmentKind, Reservation, Resource
from ..records.models import ConsentWording, Event
from ..records.services import add_note, fingerprint, record_receipt, submit_once
from . import emails
from .models import FreeConsultation
from .services import new_booking, record_figure
from .states import STATUS_OF, State


def book_for(
    *,
    actor: User,
    kind: AppointmentKind,
    starts_at: datetime,
    answers: dict,
    submit_key: uuid.UUID,
    clinic: Clinic | None = None,
    resources: Iterable[Resource] | None = None,
    overbooking_reason: str = "",
    wordings: Iterable[ConsentWording] = (),
    reference: str = "",
) -> FreeConsultation:
    """What staff book for somebody on the telephone, confirmed at once.

    `answers` has a name and any of the other ANSWERS; without an email no mail is
    sent. A reason books beside a full diary, in an extra lane; it is kept as a
    note. `wordings` were read out and agreed to. Raises TimeTaken,
    SubmittedDifferently and Busy.
    """
    place = clinic.pk if clinic else None
    mark = fingerprint({**answers, "kind": kind.pk, "at": starts_at, "clinic": place})

    def create() -> FreeConsultation:
        booking = new_booking(
            reservation=reserve_for_staff(
                kind=kind,
                starts_at=starts_at,
                clinic=clinic,
                resources=resources,
                overbooks=bool(overbooking_reason),
            ),
            submit_key=submit_key,
            fingerprint=mark,
            reference=reference,
            state=State.CONFIRMED,
            status=STATUS_OF[State.CONFIRMED],
            **answers,
        )
        record_receipt(submission=booking, wordings=wordings, actor=actor)
        record_figure(booking, is_by_staff=True)
        if overbooking_reason:
            record_overbooking(booking, actor=actor, reason=overbooking_reason)
        emails.confirmed(booking)
        return booking

    try:
        return submit_once(
            model=FreeConsultation,
            submit_key=submit_key,
            fingerprint=mark,
            create=create,
        )
    except TimeTaken:
        # Perhaps by this same form, sent twice at the same moment.
        same = FreeConsultation.objects.filter(submit_key=submit_key, fingerprint=mark)
        booking = same.first()
        if booking is None:
            raise
        return booking


def reserve_for_staff(
    *,
    kind: AppointmentKind,
    starts_at: datetime,
    clinic: Clinic | None,
    resources: Iterable[Resource] | None,
    overbooks: bool,
    instead_of: Reservation | None = None,
) -> Reservation:
    """At any time to come inside the opening hours. Raises TimeTaken.

    What it is `instead_of` counts as free; the caller gives it back.
    """
    open_then = open_to_staff(kind, starts_at, clinic, overbooks, instead_of)
    if resources is not None:
        wanted = {resource.pk for resource in resources}
        open_then = [each for each in open_then if each.pk in wanted]
    if instead_of is not None:
        return claims.move(
            instead_of,
            starts_at=starts_at,
            resources=open_then,
            in_extra_lane=overbooks,
        )
    return claims.reserve(
        kind=kind, starts_at=starts_at, resources=open_then, in_extra_lane=overbooks
    )


def open_to_staff(
    kind: AppointmentKind,
    starts_at: datetime,
    clinic: Clinic | None,
    overbooks: bool,
    ignoring: Reservation | None,
) -> Iterable[Resource]:
    """What has the time free; to overbook, whatever is open then."""
    if starts_at <= timezone.now():
        return []
    if overbooks:
        day = day_of(starts_at)
        return availability.all_slots(kind, day, day, clinic).get(starts_at, [])
    slot = availability.slot_at(
        kind=kind,
        starts_at=starts_at,
        clinic=clinic,
        for_staff=True,
        ignoring=ignoring,
    )
    return slot.resources if slot else []


def record_overbooking(booking: FreeConsultation, *, actor: User, reason: str) -> None:
    Event.objects.create(
        submission_id=booking.pk, actor=actor, action=Event.Action.EXTRA_LANE
    )
    add_note(submission=booking, author=actor, text=f"Extra lane: {reason}")
