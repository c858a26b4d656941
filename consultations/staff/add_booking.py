"""Booking for somebody on the telephone, in one page and under a minute."""

import uuid

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages

from clinic_site.core.transactions import Busy

from ..bookings.by_staff import book_for
from ..bookings.services import ANSWERS
from ..diary.claims import TimeTaken
from ..models import AppointmentKind, ConsentWording, FreeConsultation
from ..records.forms import EMAIL_INVALID, clean_phone, without_quotes
from ..records.phone_forms import BOX, PhoneAskedMixin
from ..records.services import SubmittedDifferently
from .booking_facts import place, span
from .cases import BUSY, may_change_bookings
from .clock import at_the_clinic
from .time_forms import GONE, TimeForm, WhereForm, moment_of, picked

OTHERS_SHOWN = 3
INCOMPLETE = "Nothing is stored yet: see below what is missing."
ODD_NUMBER = (
    "This number {}. Read it back to them: correct it, or tick the box if it is right"
)


class AddBookingForm(PhoneAskedMixin, TimeForm):
    odd_number = ODD_NUMBER

    submit_key = forms.UUIDField(
        widget=forms.HiddenInput,
        error_messages={"invalid": "Send the form again", "required": "Send it again"},
    )
    name = forms.CharField(
        max_length=120,
        error_messages={
            "required": "Enter their name",
            "max_length": "The name must be 120 characters or fewer",
        },
    )
    phone = forms.CharField(
        label="Telephone",
        max_length=40,
        help_text="Any way of typing it; abroad with + and the country code.",
        error_messages={
            "required": "Enter their telephone number",
            "max_length": "The number must be 40 characters or fewer",
        },
    )
    email = forms.EmailField(
        required=False,
        max_length=254,
        validators=[without_quotes],
        help_text="Without one, they get no confirmation and no reminders.",
        error_messages={
            "invalid": EMAIL_INVALID,
            "max_length": "The address must be 254 characters or fewer",
        },
    )
    preferred_hours = forms.ChoiceField(
        choices=FreeConsultation.PreferredHours,
        initial=FreeConsultation.PreferredHours.ANY,
        label="When to phone",
    )
    no_voicemail = forms.BooleanField(required=False, label="No voicemail")
    wants_reminders = forms.BooleanField(
        required=False, initial=True, label="Reminders by email"
    )
    note = forms.CharField(
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="In their words, and no medical details.",
        error_messages={"max_length": "The note must be 1,000 characters or fewer"},
    )
    agreed = forms.BooleanField(
        label="They agreed to be contacted",
        error_messages={"required": "Ask them, and tick the box when they agree"},
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        key = ConsentWording.Key.BOOKING_CONTACT
        self.wording = ConsentWording.objects.current(key)[key]
        self.fields["agreed"].help_text = f"Read out: “{self.wording.text}”"
        # Comes back with the form, to tell which words were read out.
        self.fields["agreed"].widget.attrs["value"] = str(self.wording.pk)
        self.ask_about_odd_number()

    def clean_agreed(self) -> bool:
        if self.data.get("agreed") != str(self.wording.pk):
            self.data = {**self.data}
            self.data.pop("agreed", None)  # the box starts unticked again
            raise ValidationError("These words have changed: read them out again")
        return True

    def answers(self) -> dict:
        return {name: self.cleaned_data[name] for name in ANSWERS}

    def email_and_phone(self) -> tuple[str, str]:
        """As they would be stored; empty where that cannot be said yet."""
        values = []
        for name, clean in (("email", str), ("phone", clean_phone)):
            typed = self[name].value() or ""
            try:
                values.append(clean(self.fields[name].clean(typed)))
            except ValidationError:
                values.append("")
        return values[0], values[1]

    def renew_key(self) -> None:
        """The same contents may be sent once more, as another booking."""
        self.data = {**self.data, "submit_key": str(uuid.uuid4())}


@require_http_methods(["GET", "HEAD", "POST"])
@at_the_clinic
def add_booking(request: HttpRequest) -> HttpResponse:
    """Whatever is shown next, what was typed stays. Only the last button stores it."""
    if not may_change_bookings(request.user):
        raise PermissionDenied
    is_post = request.method == "POST"
    given = picked((request.POST if is_post else request.GET).dict())
    first = AppointmentKind.objects.first()
    where = WhereForm({"kind": str(first.pk) if first else "", **given})
    times = where.times()
    if times is None:
        return page(request, where, None)
    if is_post and "show" not in given:
        form = AddBookingForm(given, times=times)
        if where.is_valid() and form.is_valid():
            return store(request, where, form)
        messages.error(request, INCOMPLETE)
        return page(request, where, form)
    values = typed_before(given) if is_post else starting(given)
    form = AddBookingForm(times=times, initial=values)
    at = None if is_post else moment_of(values["starts_at"])
    if at and not form.lists(at):
        messages.warning(request, "That time is not free. The nearest are below.")
        form.instead = times.nearest(at)
    return page(request, where, form)


def starting(given: dict) -> dict:
    """The form begins empty; an address says at most which time."""
    return {"submit_key": uuid.uuid4(), "starts_at": given.get("starts_at", "")}


def typed_before(given: dict) -> dict:
    """All that was typed, also boxes that were unticked."""
    names = (*AddBookingForm.base_fields, BOX)
    values = {name: given.get(name, "") for name in names}
    return {**values, "submit_key": values["submit_key"] or uuid.uuid4()}


def store(request: HttpRequest, where: WhereForm, form: AddBookingForm) -> HttpResponse:
    times, at = form.times, form.cleaned_data["at"]
    try:
        booking = book_for(
            actor=request.user,
            kind=times.kind,
            starts_at=at,
            answers=form.answers(),
            submit_key=form.cleaned_data["submit_key"],
            clinic=times.clinic,
            resources=times.resources,
            overbooking_reason=form.cleaned_data["reason"],
            wordings=[form.wording],
        )
    except TimeTaken:
        messages.error(request, GONE)
        form = AddBookingForm(form.data, times=where.times())
        form.instead = form.times.nearest(at)
        return page(request, where, form, status=409)
    except SubmittedDifferently as error:
        form.renew_key()
        messages.error(request, sent_before(error.submission.reference))
        return page(request, where, form, status=409)
    except Busy:
        messages.error(request, BUSY)
        return page(request, where, form, status=503)
    say_what_to_read_out(request, booking)
    return redirect("consultations:case", booking.pk)


def sent_before(reference: str) -> str:
    return (
        f"This form was stored before, as {reference}, with other contents. Send it "
        "once more to store this as a second booking."
    )


def say_what_to_read_out(request: HttpRequest, booking: FreeConsultation) -> None:
    words = f"Read out: {booking.reference}, {span(booking)}. {place(booking)}."
    mail = "A confirmation goes out" if booking.email else "No email: no confirmation"
    messages.success(request, f"{words} {mail}.")
    for other in others_of(booking.email, booking.phone):
        if other.pk != booking.pk:
            text = f"They also have {other.reference}, {span(other)}."
            url = reverse("consultations:case", args=[other.pk])
            messages.warning(request, text, buttons=[messages.button(url, "Open it")])


def others_of(email: str, phone: str) -> list[FreeConsultation]:
    """What somebody has already who seems to be the same person."""
    found = FreeConsultation.objects.of_person(email=email, phone=phone).live()
    to_come = found.filter(starts_at__gt=timezone.now()).defer("note")
    with_kind = to_come.select_related("appointment_kind").order_by("starts_at")
    return list(with_kind[:OTHERS_SHOWN])


def page(
    request: HttpRequest,
    where: WhereForm,
    form: AddBookingForm | None,
    *,
    status: int = 0,
) -> HttpResponse:
    is_right = not where.errors and not (form and form.is_bound and form.errors)
    others = others_of(*form.email_and_phone()) if form else []
    context = {
        "header_title": "Add a booking",
        "header_icon": "plus",
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": "Home"},
            {"url": reverse("consultations:inbox"), "label": "Consultations"},
            {"url": "", "label": "Add a booking"},
        ],
        "where": where,
        "form": form,
        "times": form.times if form else None,
        "verb": "Book",
        "others": [(other, span(other)) for other in others],
    }
    return render(
        request,
        "consultations/staff/add_booking.html",
        context,
        status=status or (200 if is_right else 422),
    )
