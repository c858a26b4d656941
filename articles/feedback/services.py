from collections.abc import Callable

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from ..answers.models import AnswerPage
from .models import Feedback


def visitor_key(*, address: str, page: AnswerPage) -> str:
    """The same for one address, answer and day; it leads back to none of them.

    Nothing in the page can tell readers apart: a cache may give it to all of them.
    """
    parts = f"{address}|{page.pk}|{timezone.localdate()}"
    return salted_hmac(
        "articles.feedback.visitor", parts, algorithm="sha256"
    ).hexdigest()


@transaction.atomic
def record_vote(
    *,
    page: AnswerPage,
    is_helpful: bool,
    address: str,
    check_limit: Callable[[], None] = lambda: None,
) -> Feedback:
    """One vote a day for an address and an answer; another one takes its place.

    The reason goes with it: two readers may share an address, and neither is shown
    what the other one said. `check_limit` runs after something was written, so
    that a double click does not count; what it raises undoes the vote.
    """
    vote, is_new = Feedback.objects.select_for_update().get_or_create(
        visitor_key=visitor_key(address=address, page=page),
        defaults={
            "page": page,
            "is_helpful": is_helpful,
            "day": timezone.localdate(),
        },
    )
    is_other = (vote.is_helpful, vote.reason) != (is_helpful, "")
    if is_other:
        vote.is_helpful, vote.reason = is_helpful, ""
        vote.save(update_fields=["is_helpful", "reason"])
    if is_new or is_other:
        check_limit()
    return vote


@transaction.atomic
def record_reason(
    *,
    vote: Feedback,
    reason: str,
    check_limit: Callable[[], None] = lambda: None,
) -> None:
    """Does nothing where the vote was changed to "helpful" meanwhile."""
    if reason == vote.reason:
        return
    Feedback.objects.filter(pk=vote.pk, is_helpful=False).update(reason=reason)
    check_limit()


def forget_visitors() -> int:
    """Drop what tells one address's votes from another's, once its day is over."""
    over = Feedback.objects.filter(
        day__lt=timezone.localdate(), visitor_key__isnull=False
    )
    return over.update(visitor_key=None)
