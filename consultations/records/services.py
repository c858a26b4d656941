"""Writing what all submissions have in common."""

import hashlib
import json
from collections.abc import Callable, Iterable
from typing import TypeVar
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.crypto import salted_hmac

from clinic_site.core.transactions import retried
from clinic_site.users.models import User

from .models import Consent, ConsentWording, Event, Note, Submission

S = TypeVar("S", bound=Submission)


class SubmittedDifferently(Exception):
    """The form was sent before, with other contents; `submission` is that one."""

    def __init__(self, submission: Submission) -> None:
        super().__init__(submission.reference)
        self.submission = submission


class StatusChangedMeanwhile(Exception):
    """Somebody else changed the status after it was shown."""


def fingerprint(cleaned_data: dict, files: Iterable[bytes] = ()) -> str:
    """A keyed hash of a whole form, so that its contents cannot be guessed back."""
    parts = json.dumps(cleaned_data, sort_keys=True, default=str)
    digests = [hashlib.sha256(content).hexdigest() for content in files]
    return salted_hmac(
        "consultations.fingerprint", parts + "|".join(digests), algorithm="sha256"
    ).hexdigest()


def submit_once(
    *, model: type[S], submit_key: UUID, fingerprint: str, create: Callable[[], S]
) -> S:
    """Run `create` in one durable transaction, unless the form was sent before.

    Sent before means: with this key, or with the same contents within the last hour.
    Browsers fetch a form anew after Back, with another key, and fill in what was
    typed.

    The UNIQUE constraint on the key decides between requests that arrive at the
    same moment; all that `create` wrote before is undone for the others. Returns
    the row that is stored, the first one for a repeat. Raises SubmittedDifferently
    when the key was used with other contents.
    """
    for is_last_try in (False, False, True):
        # Among all kinds: the key of another kind's form must not be a server error.
        sent = Submission.objects.sent_before(submit_key, fingerprint).first()
        if sent is not None:
            break
        try:
            return retried(create, durable=True)
        except IntegrityError:
            # Another request was first, or the reference was drawn before.
            if is_last_try:
                raise
    if sent.fingerprint != fingerprint:
        raise SubmittedDifferently(sent)
    return model.objects.get(pk=sent.pk)


def record_receipt(
    *,
    submission: Submission,
    wordings: Iterable[ConsentWording],
    actor: User | None = None,
) -> None:
    """What the visitor agreed to, and that it came in: by whom, if not by them."""
    Consent.objects.bulk_create(
        Consent(submission_id=submission.pk, wording=wording) for wording in wordings
    )
    Event.objects.create(
        submission_id=submission.pk, actor=actor, action=Event.Action.RECEIVED
    )


def record_view(
    *, submission: Submission, actor: User, action: Event.Action, detail: str = ""
) -> None:
    """That a member of staff saw health data; written before it is shown."""
    Event.objects.create(
        submission_id=submission.pk, actor=actor, action=action, detail=detail
    )


@transaction.atomic
def change_status(*, submission: Submission, status: str, actor: User) -> None:
    """Raises StatusChangedMeanwhile when `submission` is out of date."""
    changed = Submission.objects.filter(
        pk=submission.pk, status=submission.status
    ).update(status=status)
    if not changed:
        raise StatusChangedMeanwhile
    if status == submission.status:
        return
    Event.objects.create(
        submission_id=submission.pk,
        actor=actor,
        action=Event.Action.STATUS_CHANGED,
        detail=f"{submission.status} to {status}",
    )
    submission.status = status


@transaction.atomic
def add_note(*, submission: Submission, text: str, author: User) -> Note:
    note = Note.objects.create(submission_id=submission.pk, author=author, text=text)
    Event.objects.create(
        submission_id=submission.pk, actor=author, action=Event.Action.NOTE_ADDED
    )
    return note
