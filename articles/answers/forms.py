from wagtail.admin.forms import WagtailAdminPageForm

from . import rules


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
        if self.is_deferred_validation or "body" in self.errors:
            return
        asked = set(self.errors)  # the form's own words are enough there
        for problem in rules.problems(self.instance):
            if problem.field not in asked:
                field = problem.field if problem.field in self.fields else None
                self.add_error(field, problem.message)

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
