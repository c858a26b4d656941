"""What an answer still needs, beside its editor."""

from dataclasses import dataclass

from django.urls import reverse
from wagtail.admin.ui.side_panels import BaseSidePanel

from clinic_site.core.publishing import Problem

from ..answers import rules
from ..answers.models import AnswerPage
from ..answers.sign_off import PublishingOverride, Release, SignOff, release_of


@dataclass(frozen=True)
class Standing:
    """How a text stands to the last sign-off of its page."""

    last: SignOff | None
    release: Release | None
    compare_url: str = ""

    @property
    def is_signed(self) -> bool:
        return isinstance(self.release, SignOff)

    @property
    def is_overridden(self) -> bool:
        return isinstance(self.release, PublishingOverride)


def standing_of(text: AnswerPage) -> Standing:
    last = SignOff.objects.filter(page=text.pk).select_related("clinician").first()
    return Standing(last, release_of(text), _compare_url(text, last))


def _compare_url(text: AnswerPage, last: SignOff | None) -> str:
    """Wagtail's comparison of what was signed with the newest text."""
    newest = text.latest_revision_id
    if last is None or newest in (None, last.revision_id):
        return ""
    return reverse(
        "wagtailadmin_pages:revisions_compare",
        args=[text.pk, last.revision_id, newest],
    )


class ChecklistSidePanel(BaseSidePanel):
    """As of the last saved draft; drawn anew after each save."""

    class SidePanelToggle(BaseSidePanel.SidePanelToggle):
        aria_label = "Toggle what is left to do"
        icon_name = "list-ul"
        counter_classname = "w-bg-critical-200"

        def get_context_data(self, parent_context: dict) -> dict:
            context = super().get_context_data(parent_context)
            return {**context, "count": len(self.panel.problems)}

    name = "checklist"
    title = "Before you submit"
    template_name = "editorial/checklist.html"
    order = 150

    def __init__(self, object: AnswerPage, request) -> None:
        super().__init__(object, request)
        self.problems: list[Problem] = rules.problems(object) if object.pk else []

    def get_context_data(self, parent_context: dict) -> dict:
        return {
            **super().get_context_data(parent_context),
            "problems": self.problems,
            "standing": standing_of(self.object) if self.object.pk else None,
        }
