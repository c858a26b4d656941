"""What readers said about one answer, month by month."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import dateformat
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets.button import HeaderButton
from wagtail.permission_policies.pages import PagePermissionPolicy

from clinic_site.core.reports import ClinicReportView

from ..answers.models import AnswerPage
from .models import Feedback
from .words import REASONS, helpful_share, reasons_in_words

EXPORTED = {
    "month": "Month",
    "helpful": "Yes",
    "unhelpful": "No",
    "percent": "Helpful %",
    **dict(REASONS),
    "signed": "Text signed off on",
}


class MonthsPaginator(WagtailPaginator):
    verbose_name = "month"
    verbose_name_plural = "months"


class FeedbackOfAnswerView(ClinicReportView):
    """With the days of sign-offs beside: whether a new text helped more."""

    model = Feedback
    page_title = "Was it helpful?"
    header_icon = "help"
    permission_policy = PagePermissionPolicy()
    any_permission_required = ("add", "change", "publish")
    paginator_class = MonthsPaginator
    no_results_message = "No reader has voted on this answer yet."
    columns = [
        Column(
            "month",
            label="Month",
            accessor=lambda row: dateformat.format(row["month"], "F Y"),
        ),
        Column("helpful", label="“Yes”"),
        Column("unhelpful", label="“No”"),
        Column("percent", label="Helpful", accessor=helpful_share()),
        Column("reasons", label="Reasons", accessor=reasons_in_words()),
        Column("signed", label="Text signed off on"),
    ]
    list_export = list(EXPORTED)
    export_headings = EXPORTED
    export_filename = "was-it-helpful-by-month"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        allowed = self.permission_policy.instances_user_has_any_permission_for(
            request.user, self.any_permission_required
        )
        answers = AnswerPage.objects.defer("body", "changes")
        self.page = get_object_or_404(
            answers.filter(pk__in=allowed.values("pk")), pk=kwargs["page_id"]
        )
        self.page_subtitle = self.page.title

    def get_index_url(self) -> str:
        return self.request.path

    def get_base_queryset(self) -> QuerySet:
        return Feedback.objects.filter(page=self.page).by_month()

    def get_filtered_queryset(self) -> list[dict]:
        """With the sign-offs of each month; an export has no pages to decorate."""
        signed = self.days_of_sign_offs()
        rows = list(super().get_filtered_queryset())
        for row in rows:
            days = sorted(signed[row["month"].replace(day=1)])
            row["signed"] = ", ".join(dateformat.format(day, "j F") for day in days)
        return rows

    def days_of_sign_offs(self) -> dict[date, set[date]]:
        months = defaultdict(set)
        for release in self.page.signoff_set.only("created_at"):
            months[release.signed_on.replace(day=1)].add(release.signed_on)
        return months

    @property
    def header_buttons(self) -> Iterable[HeaderButton]:
        if not self.page.permissions_for_user(self.request.user).can_edit():
            return []
        url = reverse("wagtailadmin_pages:edit", args=[self.page.pk])
        return [HeaderButton("Edit answer", url=url, icon_name="edit")]

    def get_breadcrumbs_items(self) -> list[dict]:
        report = {"url": reverse("feedback_report"), "label": self.page_title}
        here = {"url": "", "label": self.page.title}
        return [*self.breadcrumbs_items, report, here]
