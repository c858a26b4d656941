"""The form by which an editor moves a review date, and says why."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.views.generic import FormView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.admin.widgets import AdminDateInput
from wagtail.permissions import policy_registry

from clinic_site.users.models import User

from ..answers.models import AnswerPage
from ..answers.review_dates import (
    TOO_FAR,
    due_in_words,
    furthest_date,
    is_overdue,
    review_due,
    rule_in_words,
)
from ..answers.sources import Source
from .forms import WordsField
from .review import AlreadyMoved, move_review_date


def may_move_some(user: User) -> bool:
    """Whoever may change pages; to have written one is not enough."""
    if user.is_superuser:
        return True
    policy = policy_registry.get_by_type(AnswerPage)
    granted = policy.get_cached_permissions_for_user(user)
    return any(grant.permission.codename == "change_page" for grant in granted)


def may_move(user: User, page: AnswerPage) -> bool:
    tester = page.permissions_for_user(user)
    return user.is_superuser or "change" in tester.permissions


class MoveReviewDateForm(forms.Form):
    review_due = forms.DateField(label="Review again by", widget=AdminDateInput)
    reason = WordsField(
        label="Why",
        max_length=255,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Kept in the history of the answer. Readers do not see it.",
        error_messages={"required": "Say why, so that others can follow it."},
    )

    def clean_review_due(self):
        day, today = self.cleaned_data["review_due"], timezone.localdate()
        if day < today:
            raise forms.ValidationError("Choose today or a later day.")
        if day > furthest_date(today):
            raise forms.ValidationError(TOO_FAR)
        return day


class MoveReviewDateView(WagtailAdminTemplateMixin, FormView):
    form_class = MoveReviewDateForm
    template_name = "editorial/review_move.html"
    page_title = "Move review date"
    header_icon = "calendar-alt"
    success_url = reverse_lazy("review_due_report")

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        live = AnswerPage.objects.live()
        self.page = get_object_or_404(live, pk=kwargs["pk"])
        self.page_subtitle = self.page.title

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_move(request.user, self.page):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_initial(self) -> dict:
        due = self.page.review_due
        return {} if is_overdue(due, timezone.localdate()) else {"review_due": due}

    def form_valid(self, form: MoveReviewDateForm) -> HttpResponse:
        try:
            move_review_date(
                page=self.page, user=self.request.user, **form.cleaned_data
            )
        except AlreadyMoved:
            form.add_error(None, "Somebody has just moved it. Look again first.")
            return self.form_invalid(form)
        messages.success(self.request, f"“{self.page.title}”: review date moved.")
        return redirect(self.success_url)

    def get_breadcrumbs_items(self) -> list[dict]:
        report = {"url": reverse("review_due_report"), "label": "Due for review"}
        here = {"url": "", "label": self.page_title, "sublabel": self.page_subtitle}
        return [*self.breadcrumbs_items, report, here]

    def get_context_data(self, **kwargs) -> dict:
        context = super().get_context_data(**kwargs)
        today = timezone.localdate()
        cited = Source.objects.filter(citations__page=self.page)
        years = list(cited.values_list("year", flat=True))
        rule = {"rating": self.page.evidence, "years": years, "today": today}
        return {
            **context,
            "due_now": self.page.review_due,
            "in_words": due_in_words(self.page.review_due, today),
            "by_rule": review_due(**rule),
            "rule": rule_in_words(**rule),
            "media": context["form"].media,
            "submit_button_label": "Move review date",
        }
