"""The reports on bookings, in Wagtail's Reports menu."""

from datetime import timedelta

import django_filters
from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.views.generic import TemplateView
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.admin.views.reports import ReportView
from wagtail.admin.viewsets.base import ViewSet

from ..bookings.models import BookingFigure
from ..diary import clock
from . import reports
from .cases import may_view
from .periods import PeriodForm

SHOWN_AT_FIRST = timedelta(weeks=12)
REPORTS_MENU = "register_reports_menu_item"


class ReportForm(PeriodForm):
    longest, at_most = timedelta(days=3 * 366), "three years"

    by = forms.ChoiceField(label="A row for each", choices=reports.GROUPS)
    clinic = forms.ChoiceField(required=False)
    appointment_kind = forms.ChoiceField(label="Kind", required=False)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for name in ("clinic", "appointment_kind"):
            choices = [(value, value) for value in reports.known(name)]
            self.fields[name].choices = [("", "All"), *choices]


class BookingReportView(WagtailAdminTemplateMixin, TemplateView):
    template_name = "consultations/staff/diary/report.html"
    page_title = "Bookings in numbers"
    header_icon = "table"

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not may_view(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        form = ReportForm({**self.at_first(), **request.GET.dict()})
        context = self.get_context_data(form=form, media=form.media)
        if not form.is_valid():
            return self.render_to_response(context, status=422)
        asked = form.cleaned_data
        by = asked.pop("by")
        rows, total = reports.grouped(reports.figures(**asked), by)
        return self.render_to_response(
            {**context, "rows": rows, "total": total, "group": reports.GROUPS[by]}
        )

    def at_first(self) -> dict:
        today = clock.today()
        begin = (today - SHOWN_AT_FIRST).isoformat()
        return {"first_day": begin, "last_day": today.isoformat(), "by": "week"}

    def get_breadcrumbs_items(self) -> list[dict]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]


class VisitsByPageFilterSet(WagtailFilterSet):
    visit_on = django_filters.DateFromToRangeFilter(
        label="Day of the visit", widget=DateRangePickerWidget
    )

    class Meta:
        model = BookingFigure
        fields = ["visit_on"]


class PagesPaginator(WagtailPaginator):
    verbose_name, verbose_name_plural = "page", "pages"


class VisitsByPageView(ReportView):
    """No person is in it: whoever writes answers sees which lead to visits."""

    model = BookingFigure
    page_title = "Visits by page"
    header_icon = "doc-full"
    permission_policy = None
    index_url_name = "visits_by_page:index"
    index_results_url_name = "visits_by_page:index_results"
    filterset_class = VisitsByPageFilterSet
    default_ordering = "-booked"
    paginator_class = PagesPaginator
    no_results_message = "Nobody has booked from a page yet."
    FORMATS = ()
    columns = [
        TitleColumn("title", label="Page", get_url=lambda row: row["url"]),
        Column("source_path", label="Address", sort_key="source_path"),
        Column("booked", label="Bookings", sort_key="booked"),
        Column("attended", label="Attended", sort_key="attended"),
    ]

    def get_base_queryset(self) -> QuerySet:
        return reports.visits_by_page()

    def order_queryset(self, queryset: QuerySet) -> QuerySet:
        return queryset.order_by(self.ordering, "source_path")

    def decorate_paginated_queryset(self, object_list: QuerySet) -> list[dict]:
        rows = list(object_list)
        paths = [row["source_path"] for row in rows]
        pages = reports.pages_at(paths, self.request)
        for row in rows:
            page = pages.get(row["source_path"])
            row["title"] = page.title if page else "Not a page any more"
            edit = page and reverse("wagtailadmin_pages:edit", args=[page.pk])
            row["url"] = edit or None
        return rows


class BookingReportMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_view(request.user)


class BookingReportViewSet(ViewSet):
    name = "booking_report"
    url_prefix = "reports/bookings"
    icon = "table"
    menu_label = BookingReportView.page_title
    menu_hook = REPORTS_MENU
    menu_item_class = BookingReportMenuItem

    def get_urlpatterns(self) -> list:
        return [path("", BookingReportView.as_view(), name="index")]


class VisitsByPageViewSet(ViewSet):
    name = "visits_by_page"
    url_prefix = "reports/visits-by-page"
    icon = "doc-full"
    menu_label = VisitsByPageView.page_title
    menu_hook = REPORTS_MENU

    def get_urlpatterns(self) -> list:
        results = VisitsByPageView.as_view(results_only=True)
        return [
            path("", VisitsByPageView.as_view(), name="index"),
            path("results/", results, name="index_results"),
        ]
