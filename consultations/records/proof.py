"""That whoever opened a link is the person who sent it in: by their surname."""

from clinic_site.core.models import ClinicSettings
from clinic_site.core.transactions import retried

from . import emails
from .links import LinkFrozen, check_surname, is_frozen
from .models import Event, Submission


def prove(*, submission: Submission, surname: str) -> None:
    """Raises WrongSurname, and LinkFrozen, of which staff are told once.

    Must not run in a transaction: what it counts would be undone with that.
    """
    try:
        check_surname(submission=submission, typed=surname)
    except LinkFrozen:
        tell_of_frozen_link(submission=submission)
        raise


def tell_of_frozen_link(*, submission: Submission) -> None:
    """Once until staff open it again, and once more when it freezes after that."""

    def tell() -> None:
        # Locked: several tries at the same moment tell once as well.
        current = Submission.objects.select_for_update().get(pk=submission.pk)
        if not is_frozen(current) or is_told(current):
            return
        Event.objects.create(submission_id=current.pk, action=Event.Action.LINK_FROZEN)
        address = ClinicSettings.of_default_site().notify_bookings
        emails.tell_of_frozen_link(submission, address=address)

    retried(tell)


def is_told(submission: Submission) -> bool:
    frozen, reopened = Event.Action.LINK_FROZEN, Event.Action.LINK_REOPENED
    turns = Event.objects.filter(
        submission_id=submission.pk, action__in=[frozen, reopened]
    )
    last = turns.order_by("pk").last()
    return last is not None and last.action == frozen
