"""One submission: what was asked, what was answered, what was done about it."""

from uuid import UUID

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from clinic_site.core.encryption import DecryptionFailed, decrypt_fields
from clinic_site.users.models import User

from ..models import Event, Photo, Submission
from ..online import photos
from ..records import services
from ..records.links import is_frozen, reopen_link
from . import booking_facts
from .clock import at_the_clinic

LOOKS_SHOWN = 20
BUSY = "The diary is very busy at this moment. Nothing was changed: please try again."
Kind = Submission.Kind
# What each kind's page shows to all who may open it, and what only to those who may
# read what was written.
FACTS = {
    Kind.BOOKING: "consultations/staff/booking.html",
    Kind.WAITING: "consultations/staff/waiting_entry.html",
}
TEXTS = {
    Kind.BOOKING: "consultations/staff/booking_note.html",
    Kind.ONLINE: "consultations/staff/answers.html",
}


class StatusForm(forms.Form):
    # What the page showed, so that two people do not overwrite each other.
    shown = forms.ChoiceField(choices=Submission.Status, widget=forms.HiddenInput)
    status = forms.ChoiceField(choices=Submission.Status, label="Status")


class NoteForm(forms.Form):
    text = forms.CharField(
        label="Note",
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Only staff who may see this case see its notes.",
        error_messages={
            "required": "Write the note before you save it",
            "max_length": "The note must be 3,000 characters or fewer",
        },
    )


def may_view(user: User) -> bool:
    return user.has_perm("consultations.view_submission")


def may_view_health_data(user: User) -> bool:
    return may_view(user) and user.has_perm("consultations.view_health_data")


def may_change_bookings(user: User) -> bool:
    return may_view(user) and user.has_perm("consultations.change_freeconsultation")


def may_change(user: User, submission: Submission) -> bool:
    kind = {
        Kind.BOOKING: "freeconsultation",
        Kind.ONLINE: "onlineconsultation",
        Kind.WAITING: "freeconsultation",
    }[submission.kind]
    return may_view(user) and user.has_perm(f"consultations.change_{kind}")


def get_case(request: HttpRequest, pk: UUID) -> Submission:
    if not may_view(request.user):
        raise PermissionDenied
    with_booking = (f"freeconsultation__{name}" for name in booking_facts.WITH)
    found = Submission.objects.select_related(
        *with_booking,
        "freeconsultation__figure",
        "freeconsultation__waited_as",
        "onlineconsultation",
        "waitingentry__appointment_kind",
        "waitingentry__clinic",
    )
    return get_object_or_404(found, pk=pk)


@method_decorator(at_the_clinic, name="dispatch")
class CaseView(WagtailAdminTemplateMixin, TemplateView):
    """The page of one case. Showing health data is recorded before it is shown."""

    template_name = "consultations/staff/case.html"
    header_icon = "mail"
    note_form: NoteForm | None = None

    @cached_property
    def submission(self) -> Submission:
        return get_case(self.request, self.kwargs["pk"])

    def get_page_title(self) -> str:
        return self.submission.reference

    def get_breadcrumbs_items(self) -> list[dict]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("consultations:inbox"), "label": "Consultations"},
            {"url": "", "label": self.get_page_title()},
        ]

    def get_context_data(self, **kwargs) -> dict:
        submission, user = self.submission, self.request.user
        events = submission.events.select_related("actor")
        return {
            **super().get_context_data(**kwargs),
            "submission": submission,
            **self.public_part(),
            **(self.private_part() if self.shows_text() else {}),
            "shows_text": self.shows_text(),
            "events": events.exclude(action__in=Event.LOOKS),
            "looks": events.filter(action__in=Event.LOOKS)[:LOOKS_SHOWN],
            "looks_count": events.filter(action__in=Event.LOOKS).count(),
            "consents": submission.consents.select_related("wording"),
            "may_change": may_change(user, submission),
            "has_status": submission.kind == Kind.ONLINE,
            "link_is_closed": is_frozen(submission),
            "status_form": StatusForm(
                initial={"shown": submission.status, "status": submission.status}
            ),
            "note_form": self.note_form or NoteForm(),
        }

    def shows_text(self) -> bool:
        """Whether this person may read what the visitor and colleagues wrote."""
        is_online = self.submission.kind == Kind.ONLINE
        return not is_online or may_view_health_data(self.request.user)

    def public_part(self) -> dict:
        """What of this kind all who may open the case see."""
        submission = self.submission
        facts = {
            "facts_template": FACTS.get(submission.kind),
            "text_template": TEXTS.get(submission.kind),
        }
        if submission.kind == Kind.BOOKING:
            facts |= booking_facts.facts_of(submission.freeconsultation)
        if submission.kind == Kind.WAITING:
            facts["entry"] = submission.waitingentry
        return facts

    def private_part(self) -> dict:
        """What is encrypted. With a lost key the rest of the page still shows."""
        submission = self.submission
        services.record_view(
            submission=submission,
            actor=self.request.user,
            action=Event.Action.ANSWERS_VIEWED,
        )
        booking = getattr(submission, "freeconsultation", None)
        online = getattr(submission, "onlineconsultation", None)
        notes = list(submission.notes.select_related("author"))
        try:
            for record in filter(None, [booking, online, *notes]):
                decrypt_fields(record)
        except DecryptionFailed:
            return {"is_unreadable": True}
        photos = online.photos.all() if online else []
        return {"online": online, "notes": notes, "photos": photos}


@require_POST
def change_status(request: HttpRequest, pk: UUID) -> HttpResponse:
    submission = get_case(request, pk)
    if not may_change(request.user, submission):
        raise PermissionDenied
    if submission.kind != Kind.ONLINE:
        raise Http404("What becomes of the others is said by steps of their own.")
    form = StatusForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Choose one of the statuses in the list.")
        return redirect("consultations:case", pk)
    submission.status = form.cleaned_data["shown"]
    try:
        services.change_status(
            submission=submission,
            status=form.cleaned_data["status"],
            actor=request.user,
        )
    except services.StatusChangedMeanwhile:
        messages.error(
            request, "Somebody else changed the status just now. Please look again."
        )
    else:
        messages.success(
            request,
            f"{submission.reference} is now “{submission.get_status_display()}”.",
        )
    return redirect("consultations:case", pk)


@require_POST
def open_link_again(request: HttpRequest, pk: UUID) -> HttpResponse:
    submission = get_case(request, pk)
    if not may_change(request.user, submission):
        raise PermissionDenied
    if submission.kind == Kind.ONLINE:
        raise Http404("Those who asked online get no link.")
    if reopen_link(submission=submission, actor=request.user):
        messages.success(
            request, f"The link of {submission.reference} is open again: five tries."
        )
    else:
        messages.info(request, f"The link of {submission.reference} is open already.")
    return redirect("consultations:case", pk)


@require_POST
def add_note(request: HttpRequest, pk: UUID) -> HttpResponse:
    submission = get_case(request, pk)
    is_online = submission.kind == Kind.ONLINE
    if not may_change(request.user, submission) or (
        is_online and not may_view_health_data(request.user)
    ):
        raise PermissionDenied
    form = NoteForm(request.POST)
    if not form.is_valid():
        page = CaseView(note_form=form)
        page.setup(request, pk=pk)
        response = page.get(request)  # not as_view(): this is a POST
        response.status_code = 422
        return response
    services.add_note(
        submission=submission, text=form.cleaned_data["text"], author=request.user
    )
    messages.success(request, "The note is saved.")
    return redirect("consultations:case", pk)


@cache_control(private=True, no_store=True)
@require_safe
def photo(request: HttpRequest, pk: UUID, photo_pk: UUID, size: str) -> HttpResponse:
    """One decrypted photo, for those who may see it; each look is recorded."""
    if not may_view_health_data(request.user):
        raise PermissionDenied
    found = get_object_or_404(Photo, pk=photo_pk, consultation_id=pk)
    services.record_view(
        submission=found.consultation,
        actor=request.user,
        action=Event.Action.PHOTO_VIEWED,
        detail=f"{found.position} {size}",
    )
    try:
        jpeg = photos.read(found.stored_name, photo_id=found.pk, size=size)
    except (photos.PhotoMissing, DecryptionFailed) as error:
        raise Http404("The file of this photo cannot be read.") from error
    response = HttpResponse(jpeg, content_type="image/jpeg")
    response["Content-Disposition"] = f'inline; filename="photo-{found.position}.jpg"'
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
