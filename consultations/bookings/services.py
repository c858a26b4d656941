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
    clinic: Clinic | None,
    wordings: list[ConsentWording],
    check_limit: Callable[[], None] = lambda: None,
    reference: str = "",
    **wishes: str | date,
) -> FreeConsultation:
    """Store a wish for a free consultation with its mails, once.

    `wishes` are the other fields of FreeConsultation that a visitor fills in.
    `check_limit` runs after the row is written, so that repeats of the same form
    do not count; what it raises undoes everything. The demo alone gives a
    `reference`. Raises SubmittedDifferently.
    """
    mark = fingerprint({**wishes, "clinic": clinic and clinic.pk})

    def create() -> FreeConsultation:
        booking = FreeConsultation.objects.create(
            kind=Submission.Kind.BOOKING,
            reference=reference or new_reference("FC"),
            submit_key=submit_key,
            fingerprint=mark,
            clinic=clinic,
            **wishes,
        )
        check_limit()
        record_receipt(submission=booking, wordings=wordings)
        emails.booking_received(booking)
        return booking

    return submit_once(
        model=FreeConsultation, submit_key=submit_key, fingerprint=mark, create=create
    )
