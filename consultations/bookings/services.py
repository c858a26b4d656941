from collections.abc import Callable
from datetime import date
from uuid import UUID

from clinic_site.core.models import Clinic

from ..records.models import ConsentWording, Submission
from ..records.references import new_reference
from ..records.services import fingerprint, record_receipt, submit_once
from . import emails
from .models import FreeConsultation


def request_free_consultation(
    *,
    submit_key: UUID,
    name: str,
    email: str,
    phone: str,
    mode: str,
    clinic: Clinic | None,
    preferred_date: date,
    part_of_day: str,
    note: str,
    wordings: list[ConsentWording],
    check_limit: Callable[[], None] = lambda: None,
    reference: str = "",
) -> FreeConsultation:
    """Store a wish for a free consultation with its mails, once.

    `check_limit` runs after the row is written, so that repeats of the same form
    do not count; what it raises undoes everything. The demo alone gives a
    `reference`. Raises SubmittedDifferently.
    """
    values = {
        "name": name,
        "email": email,
        "phone": phone,
        "mode": mode,
        "clinic": clinic,
        "preferred_date": preferred_date,
        "part_of_day": part_of_day,
        "note": note,
    }
    mark = fingerprint({**values, "clinic": clinic and clinic.pk})

    def create() -> FreeConsultation:
        booking = FreeConsultation.objects.create(
            kind=Submission.Kind.BOOKING,
            reference=reference or new_reference("FC"),
            submit_key=submit_key,
            fingerprint=mark,
            **values,
        )
        check_limit()
        record_receipt(submission=booking, wordings=wordings)
        emails.booking_received(booking)
        emails.tell_staff(booking)
        return booking

    return submit_once(
        model=FreeConsultation, submit_key=submit_key, fingerprint=mark, create=create
    )
