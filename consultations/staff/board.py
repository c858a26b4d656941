"""The diary as staff read it: one clinic, a day or a week, on screen and on paper."""

from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import HeaderButton

from clinic_site.core.models import Clinic

from ..diary.clock import today
from ..models import FreeConsultation
from .bookings import add_buttons, list_url
from .cases import may_change_bookings, may_view
from .clock import DAY_VALIDATORS, NO_DAY, in_words, when
from .timetable import Timetable


class BoardForm(forms.Form):
    """Which clinic and when; what is left out or cannot be is the usual one."""

    clinic = forms.ModelChoiceField(
        Clinic.objects.all(),
        required=False,
        empty_label=None,
        error_messages={"invalid_choice": "Choose one of the clinics in the list."},
    )
    day = forms.DateField(
        required=False,
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        validators=DAY_VALIDATORS,
        error_messages={"invalid": NO_DAY},
    )
    span = forms.ChoiceField(
        choices=[("day", "One day"), ("week", "The whole week")],
        required=False,
        label="How much",
        error_messages={"invalid_choice": "Choose a day or a week."},
    )


@dataclass(frozen=True)
class Place:
    """Where in the diary somebody looks, and the ways on from there."""

    clinic: Clinic | None
    day: date
    is_week: bool

    @property
    def first(self) -> date:
        return self.day - timedelta(days=self.day.weekday() if self.is_week else 0)

    @property
    def last(self) -> date:
        return self.first + timedelta(days=6 if self.is_week else 0)

    @property
    def words(self) -> str:
        if self.is_week:
            return f"{in_words(self.first)} to {in_words(self.last)}"
        return in_words(self.day)

    def url(self, name: str = "board", **changes) -> str:
        query = {
            "clinic": self.clinic.pk,
            "day": self.day.isoformat(),
            "span": "week" if self.is_week else "day",
            **changes,
        }
        return f"{reverse(f'consultations:{name}')}?{urlencode(query)}"

    def on(self, day: date) -> str:
        """The board of one day."""
        return self.url(day=day.isoformat(), span="day")

    def moved(self, days: int) -> str:
        return self.url(day=(self.day + timedelta(days=days)).isoformat())

    def links(self) -> dict[str, str]:
        step = 7 if self.is_week else 1
        return {
            "previous": self.moved(-step),
            "today": self.url(day=today().isoformat()),
            "following": self.moved(step),
            "as_day": self.url(span="day"),
            "as_week": self.url(span="week"),
            "on_paper": self.url("board_print"),
        }


def place_of(form: BoardForm) -> Place:
    """The form need not be valid: what is wrong of it is as if left out."""
    form.is_valid()
    asked = form.cleaned_data
    clinics = Clinic.objects.order_by("-is_open", "sort_order", "name")
    return Place(
        clinic=asked.get("clinic") or clinics.first(),
        day=asked.get("day") or today(),
        is_week=asked.get("span") == "week",
    )


def staffs_turn(clinic: Clinic) -> list[dict]:
    """What at this clinic waits for staff, and where to find it."""
    here = FreeConsultation.objects.filter(clinic=clinic)
    requested = here.filter(state="requested").count()
    return [
        {
            "text": f"Waiting for confirmation: {requested}",
            "url": list_url(state="requested", clinic=clinic.pk),
        },
        {
            "text": f"Over and not marked yet: {here.unmarked().count()}",
            "url": list_url(state="unmarked", clinic=clinic.pk),
        },
    ]


class BoardView(WagtailAdminTemplateMixin, TemplateView):
    """A day or a week of one clinic, by keyboard: links, headings and tables only."""

    template_name = "consultations/staff/board.html"
    header_icon = "calendar-alt"
    page_title = "Diary"

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not may_view(request.user):
            raise PermissionDenied
        status = 200 if self.form.is_valid() else 422
        return self.render_to_response(self.get_context_data(), status=status)

    @cached_property
    def form(self) -> BoardForm:
        return BoardForm(self.request.GET)

    @cached_property
    def place(self) -> Place:
        return place_of(self.form)

    @property
    def header_buttons(self) -> list[HeaderButton]:
        return add_buttons(self.request.user)

    def get_breadcrumbs_items(self) -> list[dict]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs) -> dict:
        context = {**super().get_context_data(**kwargs), "place": self.place}
        if self.place.clinic is None:
            return context
        # Filled in with what is shown, also where that was not asked for.
        shown = {
            "clinic": self.place.clinic,
            "day": self.place.day,
            "span": "week" if self.place.is_week else "day",
        }
        timetable = Timetable(self.place.clinic, self.place.first, self.place.last)
        return {
            **context,
            "form": BoardForm(initial=shown),
            "errors": [text for texts in self.form.errors.values() for text in texts],
            "links": self.place.links(),
            "days": [(day, self.place.on(day.date)) for day in timetable.days],
            "resources": timetable.resources,
            "today": today(),
            "may_add": may_change_bookings(self.request.user),
            "staffs_turn": staffs_turn(self.place.clinic),
            "of_these_days": list_url(
                clinic=self.place.clinic.pk,
                visit_from=self.place.first,
                visit_to=self.place.last,
            ),
        }


@require_safe
def print_day(request: HttpRequest) -> HttpResponse:
    """A day on paper, with telephone numbers and without what anybody wrote."""
    if not may_view(request.user):
        raise PermissionDenied
    form = BoardForm(request.GET)
    place = place_of(form)
    context = {"place": place, "printed_at": when(timezone.now())}
    if place.clinic:
        context["day"] = Timetable(place.clinic, place.day, place.day).days[0]
    status = 200 if form.is_valid() else 422
    return render(
        request, "consultations/staff/board_print.html", context, status=status
    )
