"""The steps of the workflow, as people take them."""

from datetime import timedelta

from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import TaskState

from articles.answers.sign_off import CHECKLIST, content_hash
from articles.models import AnswerPage

IN_DIALOG = {"x-requested-with": "XMLHttpRequest"}


def fresh(page: AnswerPage) -> AnswerPage:
    return AnswerPage.objects.get(pk=page.pk)


def sent(page: AnswerPage, editor: Client) -> TaskState:
    """Submitted and past the editor's check."""
    fresh(page).get_workflow().start(fresh(page), None)
    approve(page, editor)
    return fresh(page).current_workflow_task_state


def action_path(page: AnswerPage, action: str = "approve", kind: str = "") -> str:
    name = f"wagtailadmin_pages:{kind or 'workflow_action'}"
    state = fresh(page).current_workflow_task_state
    return reverse(name, args=[page.pk, action, state.pk])


def approve(page: AnswerPage, client: Client):
    return client.post(action_path(page))


def ticked(page: AnswerPage, **changes) -> dict:
    """What the dialog sends when a clinician agrees with all of it."""
    form = {
        **dict.fromkeys(CHECKLIST, "on"),
        "seen": content_hash(fresh(page).get_latest_revision().as_object()),
        "what_was_checked": "The whole text, its sources and its rating",
        "review_due": f"{timezone.localdate() + timedelta(days=200)}",
        "comment": "Read twice.",
    }
    return {**form, **changes}


def dialog(client: Client, page: AnswerPage) -> str:
    return client.get(action_path(page)).json()["html"]


def save_draft(page: AnswerPage, **changes) -> AnswerPage:
    text = fresh(page).get_latest_revision().as_object()
    for name, value in changes.items():
        setattr(text, name, value)
    text.save_revision()
    return text
