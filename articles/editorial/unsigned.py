"""The report of live answers that no clinician stands for."""

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.models import PageLogEntry

from clinic_site.core.reports import ClinicReportView

from ..answers.models import AnswerPage
from ..answers.sign_off import PublishingOverride
from .audit import FOUND

NO_MATCH = "No sign-off matches its text"


class LiveWithoutSignOffView(ClinicReportView):
    """As of the last nightly check, which takes away names that no longer fit."""

    model = AnswerPage
    page_title = "Live without sign-off"
    header_icon = "warning"
    any_permission_required = ["change", "publish"]
    index_url_name = "live_without_sign_off"
    index_results_url_name = "live_without_sign_off_results"
    is_searchable = False
    no_results_message = (
        "At the last nightly check every live answer had the sign-off of its text."
    )
    export_filename = "live-without-sign-off"
    list_export = ["title", "why", "overridden_by", "overridden_on", "owner"]
    export_headings = {
        "title": "Answer",
        "why": "Why",
        "overridden_by": "Published by",
        "overridden_on": "On",
        "owner": "Owner",
    }
    columns = [
        TitleColumn("title", label="Answer", url_name="wagtailadmin_pages:edit"),
        Column("why", label="Why"),
        Column("overridden_by", label="Published by"),
        Column("overridden_on", label="On"),
        Column("owner", label="Owner"),
        DateColumn("last_published_at", label="Last published"),
    ]

    def get_queryset(self) -> QuerySet:
        override = PublishingOverride.objects.filter(page=OuterRef("pk"))
        override = override.order_by("-created_at", "-pk")
        found = PageLogEntry.objects.filter(page=OuterRef("pk"), action=FOUND)
        return (
            AnswerPage.objects.live()
            .filter(sign_off=None)
            .select_related("owner")
            .defer("body", "changes")
            .annotate(
                override=Subquery(override.values("pk")[:1]),
                found_at=Subquery(found.order_by("-timestamp").values("timestamp")[:1]),
            )
            .order_by("-last_published_at", "pk")
        )

    def get_filtered_queryset(self) -> QuerySet:
        """Described also in an export, which leaves the pages of the list out."""
        pages = super().get_filtered_queryset()
        overrides = PublishingOverride.objects.select_related("user").in_bulk(
            [page.override for page in pages if page.override]
        )
        for page in pages:
            describe(page, overrides.get(page.override))
        return pages


def describe(page: AnswerPage, override: PublishingOverride | None) -> None:
    """An override tells nothing about a text that was found to differ since."""
    if override and page.found_at and page.found_at > override.created_at:
        override = None
    page.why = override.reason if override else NO_MATCH
    page.overridden_by = override.user if override else ""
    moment = override and timezone.localtime(override.created_at)
    page.overridden_on = f"{moment:%d %B %Y}" if moment else ""
