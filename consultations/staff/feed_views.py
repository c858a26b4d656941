"""Where staff make and revoke their calendar feeds, and what calendars fetch."""

from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST, require_safe
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from clinic_site.core.models import Clinic
from clinic_site.core.rate_limit import Limit

from ..models import CalendarFeed
from ..records.private_pages import private_page
from . import feeds
from .cases import may_view
from .clock import at_the_clinic

WRONG_TOKENS = Limit("diary-feed", times=30, seconds=3600)


class FeedForm(forms.Form):
    clinic = forms.ModelChoiceField(
        Clinic.objects.all(),
        required=False,
        empty_label="All clinics",
        label="Whose times",
        error_messages={"invalid_choice": "Choose one of the clinics in the list."},
    )


@method_decorator(at_the_clinic, name="dispatch")
class FeedsView(WagtailAdminTemplateMixin, TemplateView):
    """One's own feeds. The address of a new one is in the answer to making it."""

    template_name = "consultations/staff/board/feeds.html"
    header_icon = "calendar-alt"
    page_title = "Calendar feeds"
    form: FeedForm | None = None
    address = ""

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not may_view(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        self.form = FeedForm(request.POST)
        status = 422
        if self.form.is_valid():
            try:
                token = feeds.make_feed(owner=request.user, **self.form.cleaned_data)
            except feeds.TooManyFeeds:
                self.form.add_error(
                    None, f"You have {feeds.MOST_FEEDS} feeds. Revoke one first."
                )
            else:
                self.address = settings.BASE_URL + reverse("diary_feed", args=[token])
                self.form, status = None, 200
        return self.render_to_response(self.get_context_data(), status=status)

    def get_breadcrumbs_items(self) -> list[dict]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("consultations:board"), "label": "Diary"},
            {"url": "", "label": self.page_title},
        ]

    def get_context_data(self, **kwargs) -> dict:
        own = CalendarFeed.objects.filter(owner=self.request.user)
        return {
            **super().get_context_data(**kwargs),
            "form": self.form or FeedForm(),
            "address": self.address,
            "feeds": own.select_related("clinic"),
            "back": feeds.BACK.days,
            "ahead": feeds.AHEAD.days,
        }


@require_POST
def revoke_feed(request: HttpRequest, pk: int) -> HttpResponse:
    if not may_view(request.user):
        raise PermissionDenied
    if not feeds.revoke_feed(owner=request.user, pk=pk):
        raise Http404
    messages.success(request, "The feed is revoked. Its address answers nobody now.")
    return redirect("consultations:feeds")


@private_page
@require_safe
def diary_feed(request: HttpRequest, token: str) -> HttpResponse:
    """For calendar programs, which cannot sign in: the address is the key."""
    feed = feeds.feed_of(token)
    if feed is None:
        # Only wrong addresses count: big calendar services fetch everybody's from
        # a few of their own.
        WRONG_TOKENS.check(request)
        raise Http404
    feeds.note_reading(feed)
    return HttpResponse(
        feeds.calendar_text(feed),
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": 'inline; filename="diary.ics"'},
    )


def no_feed(request: HttpRequest) -> HttpResponse:
    """A feed's address that lost its end on the way."""
    raise Http404
