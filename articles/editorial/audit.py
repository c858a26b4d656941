"""Finds live answers whose text nobody stands for: what was written past the gate."""

import logging
from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta

from django.db import transaction
from wagtail.log_actions import log
from wagtail.models import PageLogEntry

from clinic_site.core import mail
from clinic_site.core.worker.timetable import register
from clinic_site.users.models import User

from ..answers.models import AnswerPage
from ..answers.sign_off import content_hash
from . import emails

# A log entry of the page, once for each text that was found.
FOUND = "articles.live_without_sign_off"
CHUNK = 100

logger = logging.getLogger(__name__)


@register("check live answers", every=timedelta(days=1))
def check_live_answers() -> None:
    """Take down names that do not stand for the text; tell people of new findings.

    Nothing is unpublished: whether a text does harm is for people to judge.
    """
    found = []
    for page in _live_answers():
        try:
            _take_name_down(page)
            if _is_new_finding(page):
                found.append(page)
        except Exception:
            logger.exception("answer could not be checked", extra={"page": page.pk})
    if found:
        logger.warning("answers live without sign-off", extra={"count": len(found)})
        _note_and_tell(found)


def _live_answers() -> Iterator[AnswerPage]:
    live = AnswerPage.objects.live()
    ids = list(live.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(ids), CHUNK):
        yield from (
            live.filter(pk__in=ids[start : start + CHUNK])
            .select_related("owner", "sign_off")
            .prefetch_related("signoff_set", "publishingoverride_set")
        )


def _take_name_down(page: AnswerPage) -> None:
    """If the text is not the one this clinician signed."""
    if page.sign_off and not page.sign_off.covers(page):
        mine = AnswerPage.objects.filter(pk=page.pk, sign_off=page.sign_off_id)
        mine.update(sign_off=None)


def _is_new_finding(page: AnswerPage) -> bool:
    text = content_hash(page)
    releases = [*page.signoff_set.all(), *page.publishingoverride_set.all()]
    # The stored hash first: to ask the revision costs a query for each.
    if any(release.content_hash == text for release in releases):
        return False
    if any(release.covers(page) for release in releases):
        return False
    known = PageLogEntry.objects.filter(
        page=page.pk, action=FOUND, data__content_hash=text
    )
    return not known.exists()


@transaction.atomic
def _note_and_tell(pages: list[AnswerPage]) -> None:
    publishers = User.objects.filter(groups__name=emails.PUBLISHERS)
    letters = defaultdict(list)
    for page in pages:
        log(instance=page, action=FOUND, data={"content_hash": content_hash(page)})
        for address in mail.addresses_of([*publishers, page.owner]):
            letters[address].append(page)
    for address, theirs in letters.items():
        emails.live_without_sign_off(theirs, address=address)
