"""The step of the workflow in which a clinician stands for the text."""

from django import forms
from django.core.exceptions import PermissionDenied
from wagtail.models import AbstractGroupApprovalTask, Page, TaskState

from clinic_site.users.models import User

from . import services
from .forms import RequestChangesForm, SignOffForm


class SignOffTask(AbstractGroupApprovalTask):
    """A clinician's sign-off."""

    class Meta:
        verbose_name = "clinician's sign-off"
        verbose_name_plural = "clinicians' sign-offs"

    @classmethod
    def get_description(cls) -> str:
        return "A member of the chosen groups, linked to an expert, signs the text off"

    def get_actions(self, obj: Page, user: User) -> list[tuple[str, str, bool]]:
        request_changes = ("reject", "Request changes", True)
        sign_off = ("approve", "Sign off", True)
        if self._user_in_groups(user):
            return [sign_off, request_changes]
        if user.is_superuser:
            is_linked = services.clinician_of(user) is not None
            return [sign_off, request_changes] if is_linked else [request_changes]
        return []

    def get_form_for_action(self, action: str) -> type[forms.Form]:
        return SignOffForm if action == "approve" else RequestChangesForm

    def get_template_for_action(self, action: str) -> str:
        return "editorial/sign_off.html" if action == "approve" else ""

    def on_action(
        self, task_state: TaskState, user: User, action_name: str, **kwargs
    ) -> None:
        """Asked by several views, which do not all ask first who may."""
        page = task_state.workflow_state.content_object
        if action_name not in [name for name, *_ in self.get_actions(page, user)]:
            raise PermissionDenied
        if action_name == "approve":
            services.give_sign_off(task_state=task_state, user=user, answers=kwargs)
        else:
            super().on_action(task_state, user, action_name, **kwargs)
