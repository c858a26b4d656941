"""The page on which bookings are exported, with the list of what was exported."""

from datetime import timedelta

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.generic import FormView
from wagtail.admin.menu import MenuItem
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.ui.tables import Column, Table
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet

from clinic_site.core.models import Clinic
from clinic_site.users.models import User

from ..diary import clock
from .clock import when
from .exports import MOST_ROWS, TooManyRows, export_bookings
from .models import BookingExport
from .periods import PeriodForm
from .viewset import SUBMENU

EXPORTS_LISTED = 50


def may_export(user: User) -> bool:
    return user.has_perm("consultations.export_freeconsultation")


class ExportForm(PeriodForm):
    longest, at_most = timedelta(days=366), "366 days"

    clinic = forms.ModelChoiceField(
        Clinic.objects.all(), required=False, empty_label="All clinics"
    )
    reason = forms.CharField(
        label="What it is for",
        min_length=10,
        max_length=200,
        help_text="Kept with your name. No names of people who booked, please.",
        error_messages={
            "required": "Say what the file is for.",
            "min_length": "Say in a few words more what the file is for.",
            "max_length": "Say it in 200 characters or fewer.",
        },
    )


def who(export: BookingExport) -> str:
    return export.actor.get_full_name() or export.actor.username


def which(export: BookingExport) -> str:
    return f"{export.first_day:%d %b %Y} to {export.last_day:%d %b %Y}"


class ExportView(WagtailAdminTemplateMixin, FormView):
    form_class = ExportForm
    template_name = "consultations/staff/diary/exports.html"
    page_title = "Export bookings"
    header_icon = "download"
    columns = [
        Column("when", label="When", accessor=lambda row: when(row.at)),
        Column("who", label="Who", accessor=who),
        Column("reason", label="What for"),
        Column("which", label="Visits", accessor=which),
        Column("clinic", label="Clinic", accessor=lambda row: row.clinic or "All"),
        Column("rows", label="Rows"),
    ]

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not may_export(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_initial(self) -> dict:
        today = clock.today()
        return {"first_day": today.replace(day=1), "last_day": today}

    def form_valid(self, form: ExportForm) -> HttpResponse:
        try:
            content = export_bookings(actor=self.request.user, **form.cleaned_data)
        except TooManyRows as error:
            form.add_error(
                "last_day",
                f"These are {error.number:,} bookings. A file holds {MOST_ROWS:,} at "
                "most: choose fewer days, or one clinic.",
            )
            return self.form_invalid(form)
        days = "{first_day}-to-{last_day}".format(**form.cleaned_data)
        return HttpResponse(
            content,
            content_type="text/csv; charset=utf-8",
            headers={
                "Content-Disposition": f'attachment; filename="bookings-{days}.csv"',
                "Cache-Control": "private, no-store",
            },
        )

    def form_invalid(self, form: ExportForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def get_breadcrumbs_items(self) -> list[dict]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs) -> dict:
        context = super().get_context_data(**kwargs)
        past = BookingExport.objects.select_related("actor", "clinic")
        paginator = WagtailPaginator(past, EXPORTS_LISTED)
        page = paginator.get_page(self.request.GET.get("p"))
        return {
            **context,
            "media": context["form"].media,
            "most_rows": MOST_ROWS,
            "exports": page,
            "elided_page_range": paginator.get_elided_page_range(page.number),
            "table": Table(self.columns, page, caption="Past exports"),
        }


class ExportMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_export(request.user)


class ExportViewSet(ViewSet):
    name = "booking_exports"
    url_prefix = "consultations/exports"
    icon = "download"
    menu_label = "Export"
    menu_order = 900
    menu_hook = SUBMENU
    menu_item_class = ExportMenuItem

    def get_urlpatterns(self) -> list:
        return [path("", ExportView.as_view(), name="index")]
