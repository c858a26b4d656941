"""Texts before and after a clinician has signed them."""

from wagtail.models import Page

from articles.models import AnswerPage
from tests.factories.articles import sign_off

UNSIGNED = "No clinician has signed this exact text off"
NEW = "A new short answer that is long enough to be published as one."


def signed(page: AnswerPage) -> AnswerPage:
    sign_off(page.get_latest_revision())
    return page


def is_live(page: Page) -> bool:
    return AnswerPage.objects.get(pk=page.pk).live


def shown(page: Page) -> str:
    return AnswerPage.objects.get(pk=page.pk).short_answer


def changed(page: AnswerPage, **fields) -> AnswerPage:
    """A draft with another text, on top of what is live."""
    text = AnswerPage.objects.get(pk=page.pk)
    for name, value in {"short_answer": NEW, **fields}.items():
        setattr(text, name, value)
    text.save_revision()
    return AnswerPage.objects.get(pk=page.pk)
