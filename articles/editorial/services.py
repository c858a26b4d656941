"""Signing off, and publishing without."""

from collections.abc import Mapping

from django.core.exceptions import PermissionDenied
from django.db import transaction
from wagtail.admin.utils import get_user_display_name
from wagtail.log_actions import log
from wagtail.models import Page, Revision, TaskState, WorkflowState

from clinic_site.core.models import Expert
from clinic_site.core.publishing import NotPublishable, Problem
from clinic_site.users.models import User

from ..answers import rules
from ..answers.models import AnswerPage
from ..answers.sign_off import (
    PublishingOverride,
    SignOff,
    content_hash,
    record_override,
    record_sign_off,
)
from .forms import OverrideForm, SignOffForm

OVERRIDDEN = "articles.publish_without_sign_off"
STEP_IS_OVER = Problem("Somebody has done this step already.")


class StepIsOver(NotPublishable):
    """Sent twice, or by two people at once: the first was enough."""

    def __init__(self) -> None:
        super().__init__([STEP_IS_OVER])


def clinician_of(user: User) -> Expert | None:
    return Expert.objects.filter(user=user.pk).first()


def newest_text(page: Page) -> AnswerPage:
    """What would be published: the latest revision, or the page itself."""
    revision = page.latest_revision
    return revision.as_object() if revision else page.specific


def whose_turn_it_is(page: Page) -> str:
    """Where an answer is after a step of the workflow, in words."""
    page = AnswerPage.objects.get(pk=page.pk)
    if task := page.current_workflow_task:
        return f"It waits for the next step: {task.name}."
    workflow = page.current_workflow_state
    if workflow and workflow.status == WorkflowState.STATUS_NEEDS_CHANGES:
        person = workflow.requested_by or page.owner
        name = get_user_display_name(person) if person else "who wrote it"
        return f"It has gone back to {name}."
    if page.scheduled_revision:
        return "It goes live as scheduled."
    if page.live and not page.has_unpublished_changes:
        return "It is live."
    return "It is not live, and nobody has been asked to go on."


@transaction.atomic
def give_sign_off(*, task_state: TaskState, user: User, answers: Mapping) -> SignOff:
    """Record the sign-off of the newest text, then approve the step.

    `answers` is what SignOffForm sends, checked here again. Raises NotPublishable
    with the reasons; then nothing is kept.
    """
    state = _open(task_state)
    revision = _newest_revision(state.workflow_state.object_id)
    form = SignOffForm(answers, page=revision.as_object(), clinician=clinician_of(user))
    if not form.is_valid():
        raise NotPublishable(form.problems())
    if state.revision_id != revision.pk:
        _carry_to(revision, state)
    given = record_sign_off(
        revision=revision,
        user=user,
        clinician=form.clinician,
        what_was_checked=form.cleaned_data["what_was_checked"],
        review_due=form.cleaned_data["review_due"],
        comment=form.cleaned_data["comment"],
    )
    state.approve(user=user, comment=given.comment)
    return given


@transaction.atomic
def take_step(
    *, task_state: TaskState, user: User, action: str, answers: Mapping
) -> None:
    """Do what somebody chose in the editor, where the newest text is their own.

    So this text is the one they approve; what others approved of another text, they
    are asked again. Raises StepIsOver and whatever the task raises; then nothing is
    kept.
    """
    state = _open(task_state)
    revision = _newest_revision(state.workflow_state.object_id)
    if action == "approve" and state.revision_id != revision.pk:
        _carry_to(revision, state)
    state.task.specific.on_action(state, user, action, **answers)


@transaction.atomic
def publish_without_sign_off(
    *, page: AnswerPage, user: User, answers: Mapping
) -> PublishingOverride:
    """Publish the newest text for a reason that is kept. Raises NotPublishable.

    The rules about the text hold all the same. `answers` is what OverrideForm sends.
    """
    if not user.is_superuser:
        raise PermissionDenied("Only a superuser publishes without a sign-off.")
    revision = _newest_revision(page.pk)
    text = revision.as_object()
    form = OverrideForm(answers, page=text)
    if not form.is_valid():
        raise NotPublishable(form.problems())
    if found := rules.problems(text):
        raise NotPublishable(found)
    reason = form.cleaned_data["reason"]
    override = record_override(revision=revision, user=user, reason=reason)
    log(
        instance=page,
        action=OVERRIDDEN,
        user=user,
        revision=revision,
        data={"reason": reason},
    )
    revision.publish(user=user)
    return override


def _open(task_state: TaskState) -> TaskState:
    """With its row locked: who takes the same step meanwhile waits."""
    state = TaskState.objects.select_for_update().get(pk=task_state.pk)
    if state.status != TaskState.STATUS_IN_PROGRESS:
        raise StepIsOver
    return state


def _carry_to(revision: Revision, state: TaskState) -> None:
    """Go on with a revision made since, which this person has read or written.

    With the same text, what others approved stands; with another, they are asked
    again.
    """
    before = content_hash(state.revision.as_object())
    if content_hash(revision.as_object()) == before:
        approved = TaskState.objects.filter(
            workflow_state=state.workflow_state_id,
            revision=state.revision_id,
            status=TaskState.STATUS_APPROVED,
        )
        for done in approved:
            done.copy(update_attrs={"revision": revision})
    state.revision = revision
    state.save(update_fields=["revision"])


def _newest_revision(page_id: int | str) -> Revision:
    """With the page's row locked: whoever saves a draft meanwhile waits."""
    page = Page.objects.select_for_update().get(pk=page_id)
    return page.latest_revision or page.specific.save_revision()
