"""Closing days in which people are booked: asked before, and helped after."""

from django.core.exceptions import PermissionDenied
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views import generic
from wagtail.admin.widgets.button import Button

from clinic_site.core.transactions import Busy
from clinic_site.users.models import User

from ..bookings.models import FreeConsultation
from . import closures
from .cases import BUSY, may_change_bookings, may_view
from .clock import when
from .diary_forms import counted

MOST_LISTED = 200


class AsksBeforeClosing:
    """Of a form's view: nothing is saved before its bookings were shown once.

    What was shown comes back in the hidden field `seen`; when other bookings lie
    in the days by then, or other days were chosen, it asks anew.
    """

    template_name = "consultations/staff/diary/closing_form.html"
    touched_url_name = ""
    asks_about: list[FreeConsultation] = []

    def is_valid(self, form: ModelForm) -> bool:
        if not super().is_valid(form):
            return False
        touched = self.newly_touched(form)
        if self.request.POST.get("seen", "") == closures.mark_of(touched):
            return True
        self.asks_about = touched
        self.submit_button_label = "Save anyway"
        self.produced_error_code = "touches_bookings"
        self.produced_error_message = None
        return False

    def newly_touched(self, form: ModelForm) -> list[FreeConsultation]:
        """Bookings that the closure did not touch as it was before."""
        touched = closures.touched_by(form.instance)
        if not touched or form.instance.pk is None:
            return touched
        stored = self.model.objects.get(pk=form.instance.pk)
        known = {booking.pk for booking in closures.touched_by(stored)}
        return [booking for booking in touched if booking.pk not in known]

    def form_invalid(self, form: ModelForm) -> HttpResponse:
        if self.asks_about and not self.expects_json_response:
            messages.warning(
                self.request,
                f"This touches {counted(len(self.asks_about))}. Nothing is saved yet: "
                "change the days, or press “Save anyway”. You can write to the people "
                "after that.",
            )
        return super().form_invalid(form)

    def get_success_url(self) -> str:
        if closures.touched_by(self.object):
            return reverse(self.touched_url_name, args=[self.object.pk])
        return super().get_success_url()

    def get_context_data(self, **kwargs) -> dict:
        return {
            **super().get_context_data(**kwargs),
            "asks": bool(self.asks_about),
            "seen": closures.mark_of(self.asks_about),
            **listed(self.asks_about, self.request.user),
        }


class ClosingCreateView(AsksBeforeClosing, generic.CreateView):
    pass


class ClosingEditView(AsksBeforeClosing, generic.EditView):
    @cached_property
    def header_more_buttons(self) -> list[Button]:
        url = reverse(self.touched_url_name, args=[self.object.pk])
        touched = Button("Bookings it touches", url=url, icon_name="calendar-alt")
        return [*super().header_more_buttons, touched]


def listed(bookings: list[FreeConsultation], user: User) -> dict:
    """For the table: names and numbers only for those who may see cases."""
    if not may_view(user):
        return {"bookings": [], "more": 0, "is_hidden": bool(bookings)}
    shown = bookings[:MOST_LISTED]
    for booking in shown:
        booking.when = when(booking.starts_at)
    return {"bookings": shown, "more": len(bookings) - len(shown)}


class TouchedView(
    generic.PermissionCheckedMixin, generic.WagtailAdminTemplateMixin, TemplateView
):
    """What stands in the days of a closure, and the button that writes to them."""

    model = None
    index_url_name = ""
    edit_url_name = ""
    any_permission_required = ["add", "change", "delete", "view"]
    template_name = "consultations/staff/diary/touched.html"
    page_title = "Bookings it touches"
    header_icon = "calendar-alt"

    @cached_property
    def closure(self) -> closures.Closure:
        return get_object_or_404(self.model, pk=self.kwargs["pk"])

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        if not may_change_bookings(request.user):
            raise PermissionDenied
        try:
            number = closures.write_to_touched(closure=self.closure, actor=request.user)
        except Busy:
            messages.error(request, BUSY)
        else:
            self.say_written(number)
        return redirect(request.path)

    def say_written(self, number: int) -> None:
        if number:
            mails = f"{number} mail{'' if number == 1 else 's'}"
            words = f"{mails} will leave in the next minutes."
            messages.success(self.request, words)
        else:
            messages.info(self.request, "Everybody with an email was written to.")

    def get_page_subtitle(self) -> str:
        return str(self.closure)

    def get_breadcrumbs_items(self) -> list[dict]:
        name = self.model._meta.verbose_name_plural
        index = {"url": reverse(self.index_url_name), "label": name.capitalize()}
        label = {"label": self.page_title, "sublabel": self.get_page_subtitle()}
        return [*self.breadcrumbs_items, index, {"url": "", **label}]

    def get_context_data(self, **kwargs) -> dict:
        touched = closures.touched_by(self.closure)
        written = closures.written_to(self.closure, touched)
        for booking in touched:
            booking.written = booking.pk in written and when(written[booking.pk])
        waiting = [each for each in touched if each.email and not each.written]
        return {
            **super().get_context_data(**kwargs),
            "number": counted(len(touched)),
            "waiting": min(len(waiting), closures.MOST_AT_ONCE),
            "shows_written": True,
            "may_write": may_change_bookings(self.request.user),
            "index_url": reverse(self.index_url_name),
            **listed(touched, self.request.user),
        }
