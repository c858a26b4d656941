"""Closures, extra openings and bank holidays in the admin."""

import django_filters
from django.db.models import QuerySet
from django.forms import Select
from django.urls import path
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn, Column

from clinic_site.core.forms import DateInput

from ..diary import clock
from ..diary.models import Resource
from ..diary.opening import BankHoliday, DiaryException
from .closure_views import ClosingCreateView, ClosingEditView, TouchedView
from .diary_admin import DiaryViewSet
from .diary_forms import BankHolidayForm, DiaryExceptionForm
from .viewset import SUBMENU


class WhenFilterSet(WagtailFilterSet):
    """`last_day_field` of the model decides whether it is past."""

    last_day_field = "last_day"
    when = django_filters.ChoiceFilter(
        label="When",
        choices=[("coming", "Today and later"), ("past", "Past")],
        method="filter_when",
    )

    def filter_when(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        lookup = "gte" if value == "coming" else "lt"
        return queryset.filter(**{f"{self.last_day_field}__{lookup}": clock.today()})


class DiaryExceptionFilterSet(WhenFilterSet):
    resource = django_filters.ModelChoiceFilter(
        queryset=Resource.objects.select_related("clinic"), label="Room or person"
    )

    class Meta:
        model = DiaryException
        fields = ["when", "effect", "clinic", "resource"]


class BankHolidayFilterSet(WhenFilterSet):
    last_day_field = "date"

    class Meta:
        model = BankHoliday
        fields = ["when", "is_closed"]


class ClosingViewSet(DiaryViewSet):
    """Of what may close days in which people are booked."""

    add_view_class = ClosingCreateView
    edit_view_class = ClosingEditView

    def get_common_view_kwargs(self, **kwargs) -> dict:
        touched = {"touched_url_name": self.get_url_name("touched")}
        return super().get_common_view_kwargs(**{**touched, **kwargs})

    def get_urlpatterns(self) -> list:
        touched = self.construct_view(TouchedView)
        return [
            *super().get_urlpatterns(),
            path("touched/<int:pk>/", touched, name="touched"),
        ]


def place(exception: DiaryException) -> str:
    return str(exception.resource or exception.clinic or "All clinics")


def hours(exception: DiaryException) -> str:
    if exception.opens is None:
        return "All day"
    return f"{exception.opens:%H:%M} to {exception.closes:%H:%M}"


class DiaryExceptionViewSet(ClosingViewSet):
    model = DiaryException
    name = "closures"
    url_prefix = "diary/closures"
    icon = "date"
    menu_label = "Closures and openings"
    menu_order = 600
    menu_hook = SUBMENU
    queryset = DiaryException.objects.select_related("clinic", "resource__clinic")
    ordering = "-first_day"
    filterset_class = DiaryExceptionFilterSet
    search_fields = ["label", "clinic__name", "resource__name"]
    list_display = [
        "__str__",
        Column("place", label="Where", accessor=place),
        Column("hours", label="Hours", accessor=hours),
        Column("label", label="Label"),
        Column("first_day", label="First day", sort_key="first_day"),
    ]
    edit_handler = ObjectList(
        [
            FieldPanel("effect"),
            FieldRowPanel([FieldPanel("clinic", widget=Select), "resource"]),
            # The browser's own: typed days are read the way its owner writes them.
            FieldRowPanel(
                [
                    FieldPanel("first_day", widget=DateInput),
                    FieldPanel("last_day", widget=DateInput),
                ]
            ),
            FieldRowPanel(["opens", "closes"]),
            "label",
        ],
        base_form_class=DiaryExceptionForm,
    )


class BankHolidayViewSet(ClosingViewSet):
    model = BankHoliday
    name = "bank_holidays"
    url_prefix = "diary/bank-holidays"
    icon = "calendar-alt"
    menu_order = 430
    add_to_settings_menu = True
    filterset_class = BankHolidayFilterSet
    search_fields = ["name"]
    list_display = [
        "name",
        "date",
        BooleanColumn("is_closed", label="Closed", sort_key="is_closed"),
    ]
    edit_handler = ObjectList(
        [FieldRowPanel(["date", "name"]), "is_closed"], base_form_class=BankHolidayForm
    )
