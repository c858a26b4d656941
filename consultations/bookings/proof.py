"""That whoever opened a link is the person who booked: by their surname."""

from clinic_site.core.models import ClinicSettings
from clinic_site.core.transactions import retried

from ..records import emails
from ..records.links import LinkFrozen, check_surname
from ..records.models import Event, Submission
from .models import FreeConsultation


def prove(*, booking: FreeConsultation, surname: str) -> None:
    """Raises WrongSurname, and LinkFrozen, of which staff are told once.

    Must not run in a transaction: what it counts would be undone with that.
    """
    try:
        check_surname(submission=booking, typed=surname)
    except LinkFrozen:
        tell_of_frozen_link(booking=booking)
        raise


def tell_of_frozen_link(*, booking: FreeConsultation) -> None:
    def tell() -> None:
        # Locked: several tries at the same moment tell once as well.
        Submission.objects.select_for_update().get(pk=booking.pk)
        frozen = {"submission_id": booking.pk, "action": Event.Action.LINK_FROZEN}
        if Event.objects.filter(**frozen).exists():
            return
        Event.objects.create(**frozen)
        address = ClinicSettings.of_default_site().notify_bookings
        emails.tell_of_frozen_link(booking, address=address)

    retried(tell)
