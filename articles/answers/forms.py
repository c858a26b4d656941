from collections import defaultdict
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.blocks.stream_block import StreamBlockValidationError
from wagtail.models import Page

from clinic_site.core.publishing import Problem

from . import rules


def at_their_blocks(problems: Iterable[Problem]) -> StreamBlockValidationError:
    """One error, as the editor shows no second one of a body: each at its block."""
    found = defaultdict(list)
    for problem in problems:
        found[problem.block].append(problem.message)
    of_all = found.pop(None, [])
    return StreamBlockValidationError(
        block_errors={place: ValidationError(words) for place, words in found.items()},
        non_block_errors=list(map(ValidationError, of_all)),
    )


class AnswerPageForm(WagtailAdminPageForm):
    """Rules over several fields. What a draft may still lack is asked at publishing."""

    def clean(self) -> dict:
        cleaned = super().clean()
        self.refuse_itself_as_related()
        if not self.is_deferred_validation:
            self.refuse_somebody_who_left(cleaned)
        return cleaned

    def _post_clean(self) -> None:
        """The page as it would be published: only now does it hold what was typed."""
        super()._post_clean()
        if self.is_deferred_validation:
            return
        asked = set(self.errors)  # the form's own words are enough there
        if "body" in asked:
            asked.add("evidence")  # the page has the text before: it may cite others
        in_body = []
        for problem in rules.problems(self.instance):
            if problem.field in asked:
                continue
            if problem.field == "body":
                in_body.append(problem)
            else:
                field = problem.field if problem.field in self.fields else None
                self.add_error(field, problem.message)
        if in_body:
            self.add_error("body", at_their_blocks(in_body))

    def save(self, commit: bool = True) -> Page:
        """What went live since it was opened is changed in a draft only.

        Wagtail would write the row as it was read, and so take the page down again.
        """
        row = Page.objects.select_for_update().filter(pk=self.instance.pk)
        with transaction.atomic():
            is_live = any(row.values_list("live", flat=True))
            return super().save(commit=commit and not is_live)

    def refuse_itself_as_related(self) -> None:
        for form in self.formsets["related"].forms:
            answer = form.cleaned_data.get("answer") if form.is_valid() else None
            if answer and answer.pk == self.instance.pk:
                form.add_error("answer", "Choose another answer, not this one itself.")

    def refuse_somebody_who_left(self, cleaned: dict) -> None:
        person = cleaned.get("expert")
        if person and "expert" in self.changed_data and not person.is_active:
            self.add_error(
                "expert", "This person is no longer active and signs no new answers."
            )
