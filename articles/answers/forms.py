from wagtail.admin.forms import WagtailAdminPageForm


class AnswerPageForm(WagtailAdminPageForm):
    """Rules over several fields. What a draft may still lack is asked at publishing."""

    def clean(self) -> dict:
        cleaned = super().clean()
        self.refuse_itself_as_related()
        self.refuse_the_same_source_twice()
        if not self.is_deferred_validation:
            self.ask_for_the_day_of_the_review(cleaned)
            self.refuse_people_who_left(cleaned)
        return cleaned

    def refuse_itself_as_related(self) -> None:
        for form in self.formsets["related"].forms:
            answer = form.cleaned_data.get("answer") if form.is_valid() else None
            if answer and answer.pk == self.instance.pk:
                form.add_error("answer", "Choose another answer, not this one itself.")

    def refuse_the_same_source_twice(self) -> None:
        seen = set()
        for form in self.formsets["cited"].forms:
            if not form.is_valid() or form.cleaned_data.get("DELETE"):
                continue
            source = form.cleaned_data.get("source")
            if source in seen:
                form.add_error("source", "This source is in the list already.")
            seen.add(source)

    def ask_for_the_day_of_the_review(self, cleaned: dict) -> None:
        if bool(cleaned.get("reviewer")) != bool(cleaned.get("reviewed_on")):
            missing = "reviewed_on" if cleaned.get("reviewer") else "reviewer"
            self.add_error(
                missing, "Say both who reviewed it and when, or leave both empty."
            )

    def refuse_people_who_left(self, cleaned: dict) -> None:
        for name in ("expert", "reviewer"):
            person = cleaned.get(name)
            if person and name in self.changed_data and not person.is_active:
                self.add_error(
                    name, "This person is no longer active and signs no new answers."
                )
