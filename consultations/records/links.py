"""Secret addresses that stand for a person who has no account.

Only a hash is stored: a stolen database opens no link. Each mail carries a link of
its own, and a newer one never ends an older one.
"""

import hashlib
import secrets
import unicodedata
from datetime import datetime

from django.db import models, transaction
from django.utils import timezone

from clinic_site.users.models import User

from .models import Event, Submission

MOST_FAILURES = 5


def new_token() -> str:
    """256 random bits, for an address."""
    return secrets.token_urlsafe(32)


def hash_of(token: str) -> str:
    """The token is 256 random bits, so a plain hash cannot be guessed back."""
    return hashlib.sha256(token.encode()).hexdigest()


class AccessLinkQuerySet(models.QuerySet):
    def of(self, token: str, purpose: str) -> "AccessLinkQuerySet":
        return self.filter(
            token_hash=hash_of(token), purpose=purpose, expires_at__gt=timezone.now()
        ).select_related("submission")


class AccessLink(models.Model):
    class Purpose(models.TextChoices):
        BOOKING = "booking", "Change or cancel a booking"
        WAITING = "waiting", "Waiting list"

    submission = models.ForeignKey(
        Submission, on_delete=models.CASCADE, related_name="links"
    )
    purpose = models.CharField(max_length=8, choices=Purpose)
    token_hash = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField(db_index=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects = AccessLinkQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        default_permissions = []

    def __str__(self) -> str:
        return f"{self.submission_id} {self.purpose}"


def issue_link(
    *, submission: Submission, purpose: AccessLink.Purpose, expires_at: datetime
) -> str:
    """Returns the token, which is stored nowhere."""
    token = new_token()
    AccessLink.objects.create(
        submission_id=submission.pk,
        purpose=purpose,
        token_hash=hash_of(token),
        expires_at=expires_at,
    )
    return token


class LinkFrozen(Exception):
    """Too many wrong surnames: staff help on the telephone."""


class WrongSurname(Exception):
    """The second proof did not match; `tries_left` more are allowed."""

    def __init__(self, tries_left: int) -> None:
        super().__init__(tries_left)
        self.tries_left = tries_left


def check_surname(*, submission: Submission, typed: str) -> None:
    """That whoever holds the link is the person. Raises LinkFrozen, WrongSurname.

    Wrong tries count for the submission, over all its links. Must not run inside a
    transaction that is undone afterwards: the count would be undone too.
    """
    tries = Submission.objects.filter(pk=submission.pk)
    # Counted before it is looked at: many at once must not have a try each.
    allowed = tries.filter(link_failures__lt=MOST_FAILURES)
    if not allowed.update(link_failures=models.F("link_failures") + 1):
        raise LinkFrozen
    if is_surname(typed, submission.name):
        tries.update(link_failures=0)
        return
    failures = tries.values_list("link_failures", flat=True).get()
    if failures >= MOST_FAILURES:
        raise LinkFrozen
    raise WrongSurname(MOST_FAILURES - failures)


def is_frozen(submission: Submission) -> bool:
    """Whether its links take no more surnames, the right one neither."""
    return submission.link_failures >= MOST_FAILURES


@transaction.atomic
def reopen_link(*, submission: Submission, actor: User) -> bool:
    """Allow as many tries as at first. Whether there was anything to open."""
    frozen = Submission.objects.filter(
        pk=submission.pk, link_failures__gte=MOST_FAILURES
    )
    if not frozen.update(link_failures=0):
        return False
    Event.objects.create(
        submission_id=submission.pk, actor=actor, action=Event.Action.LINK_REOPENED
    )
    return True


def is_surname(typed: str, name: str) -> bool:
    """Whether the name ends in these words, whatever the accents, case and hyphens.

    Smith-Jones, smith jones and SmithJones are one.
    """
    words, last = plain_words(name), "".join(plain_words(typed))
    return any("".join(words[place:]) == last for place in range(len(words)))


def plain_words(text: str) -> list[str]:
    # Letters that no decomposition takes apart.
    text = text.casefold().translate(str.maketrans("łøđðı", "loddi"))
    bare = "".join(
        letter
        for letter in unicodedata.normalize("NFKD", text)
        if not unicodedata.combining(letter) and letter not in "'’`ʼʻ"
    )
    return "".join(letter if letter.isalnum() else " " for letter in bare).split()
