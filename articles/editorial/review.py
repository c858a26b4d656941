"""Reminding people of review dates, and moving a date."""

import logging
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from wagtail.log_actions import log

from clinic_site.core.worker.timetable import register
from clinic_site.users.models import User

from ..answers.emails import EDITORS
from ..answers.models import AnswerPage
from . import emails
from .models import ReviewReminder

MOVED = "articles.move_review_date"

Stage = ReviewReminder.Stage
logger = logging.getLogger(__name__)


class AlreadyMoved(ValueError):
    """Somebody else changed the review date meanwhile."""


@register("remind of reviews", every=timedelta(days=1))
def remind_of_reviews() -> None:
    """One mail for each person with all answers that have come to a new stage.

    A worker that was off for weeks sends the latest stage and skips those before.
    """
    today = timezone.localdate()
    pages = list(_at_a_new_stage(today))
    letters = defaultdict(list)
    editors = list(_can_be_mailed(User.objects.filter(groups__name=EDITORS)))
    reminders = []
    for page, stage in pages:
        addresses = {person.email.lower() for person in (*editors, *_own(page))}
        for address in addresses:
            letters[address].append(page)
        if addresses:
            reminders.append(
                ReviewReminder(page=page, review_due=page.review_due, stage=stage)
            )
    with transaction.atomic():
        ReviewReminder.objects.bulk_create(reminders)
        for address, theirs in letters.items():
            try:
                with transaction.atomic():
                    emails.review_reminder(theirs, address=address, today=today)
            except ValidationError:  # one odd address must not silence the others
                logger.warning("a reminder has no usable address")


def stage_of(due: date, today: date) -> Stage | None:
    """The latest stage reached; None while the date is far away."""
    days = (due - today).days
    return min((stage for stage in Stage if days <= stage), default=None)


def _at_a_new_stage(today: date) -> Iterator[tuple[AnswerPage, Stage]]:
    pages = (
        AnswerPage.objects.live()
        .filter(review_due__lte=today + timedelta(days=max(Stage)))
        .select_related("owner", "sign_off__clinician__user")
        .defer("body")
        .order_by("review_due", "title")
    )
    sent = set(
        ReviewReminder.objects.filter(page__in=pages.values("pk")).values_list(
            "page", "review_due", "stage"
        )
    )
    for page in pages:
        stage = stage_of(page.review_due, today)
        if (page.pk, page.review_due, stage) not in sent:
            yield page, stage


def _can_be_mailed(people: QuerySet) -> QuerySet:
    return people.filter(is_active=True).exclude(email="")


def _own(page: AnswerPage) -> list[User]:
    """Its owner, and the account of the clinician who signed it off."""
    clinician = page.sign_off and page.sign_off.clinician.user
    return [
        person
        for person in (page.owner, clinician)
        if person and person.is_active and person.email
    ]


@transaction.atomic
def move_review_date(
    *, page: AnswerPage, review_due: date, reason: str, user: User
) -> None:
    """Give a live answer another review date, and log who did so and why.

    Raises AlreadyMoved when the date is no longer the one the page was read with.
    """
    before = page.review_due
    moved = AnswerPage.objects.filter(pk=page.pk, review_due=before)
    if not moved.update(review_due=review_due):
        raise AlreadyMoved
    page.review_due = review_due
    log(
        instance=page,
        action=MOVED,
        user=user,
        data={
            "from": before and before.isoformat(),
            "to": review_due.isoformat(),
            "reason": reason,
        },
    )
