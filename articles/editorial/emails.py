"""Mails to those who keep answers right, each with a link into the admin."""

from collections.abc import Iterable
from datetime import date

from django.conf import settings
from django.urls import reverse

from clinic_site.core import mail

from ..answers.models import AnswerPage
from ..answers.review_dates import due_in_words

# The group that is told of what is live.
PUBLISHERS = "Publishers"


def live_without_sign_off(pages: Iterable[AnswerPage], *, address: str) -> None:
    """With addresses only: no title, no word of the texts."""
    context = {
        "urls": [_edit_url(page) for page in pages],
        "report_url": _url("live_without_sign_off"),
    }
    mail.queue("editorial/live_without_sign_off", to=[address], context=context)


def review_reminder(pages: Iterable[AnswerPage], *, address: str, today: date) -> None:
    context = {
        "answers": [
            {
                "title": page.title,
                "due": page.review_due,
                "in_words": due_in_words(page.review_due, today),
                "url": _edit_url(page),
            }
            for page in pages
        ],
        "report_url": _url("review_due_report"),
    }
    mail.queue("editorial/review_reminder", to=[address], context=context)


def _edit_url(page: AnswerPage) -> str:
    return _url("wagtailadmin_pages:edit", page.pk)


def _url(name: str, *args: int) -> str:
    return settings.WAGTAILADMIN_BASE_URL + reverse(name, args=args)
