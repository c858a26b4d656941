"""A form with one of each kind of question the site asks, and its page."""

from datetime import date

from bs4 import BeautifulSoup
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template import Context, Template
from django.utils.datastructures import MultiValueDict

from clinic_site.core.forms import (
    ClinicFormMixin,
    DateInput,
    HoneypotField,
    MultipleFileField,
)

CLINICS = [("victoria", "Larkfield Victoria"), ("bank", "Larkfield Bank")]
TIMES = [
    ("Tuesday 3 March", [("1", "9:00"), ("2", "9:20")]),
    ("Wednesday 4 March", [("3", "14:40")]),
]


class BirthDateInput(forms.MultiWidget):
    def __init__(self):
        super().__init__([forms.NumberInput, forms.NumberInput, forms.NumberInput])

    def decompress(self, value):
        return [value.day, value.month, value.year] if value else [None] * 3


class BirthDateField(forms.MultiValueField):
    widget = BirthDateInput

    def __init__(self, **kwargs):
        parts = (forms.IntegerField(label=text) for text in ("Day", "Month", "Year"))
        super().__init__(list(parts), **kwargs)

    def compress(self, values):
        return date(*reversed(values)) if values else None


class SampleForm(ClinicFormMixin, forms.Form):
    name = forms.CharField(
        label="Your name",
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": "Enter your name"},
    )
    email = forms.EmailField(
        label="Email address",
        help_text="We only use it to answer you.",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    telephone = forms.CharField(
        label="Telephone",
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )
    clinic = forms.ChoiceField(label="Clinic", choices=[("", "Choose one"), *CLINICS])
    contact_by = forms.ChoiceField(
        label="How may we answer?",
        help_text="We never leave a message with anyone else.",
        choices=[("email", "By email"), ("telephone", "By telephone")],
        widget=forms.RadioSelect,
    )
    time = forms.ChoiceField(
        label="Time of your visit", choices=TIMES, widget=forms.RadioSelect
    )
    conditions = forms.MultipleChoiceField(
        label="Do you have any of these?",
        choices=[("thyroid", "A thyroid problem"), ("anaemia", "Anaemia")],
        widget=forms.CheckboxSelectMultiple,
    )
    born_on = BirthDateField(label="Date of birth")
    noticed_on = forms.DateField(label="When did it start?", widget=DateInput)
    story = forms.CharField(label="Your story", max_length=2000, widget=forms.Textarea)
    photos = MultipleFileField(
        label="Photos", help_text="One to five photos.", max_files=5
    )
    consent = forms.BooleanField(
        label="I agree that a clinician reads this",
        help_text="You can change your mind later.",
    )
    news = forms.BooleanField(label="Send me news", required=False)
    website = HoneypotField()
    source = forms.CharField(widget=forms.HiddenInput, required=False)


VISIBLE = [n for n in SampleForm.base_fields if n not in ("website", "source")]
GROUPS = ["contact_by", "time", "conditions", "born_on"]
GOOD = {
    "name": "Sam O'Neil & co",
    "email": "sam@example.com",
    "clinic": "bank",
    "contact_by": "telephone",
    "time": "3",
    "conditions": ["anaemia"],
    "born_on_0": "31",
    "born_on_1": "3",
    "born_on_2": "1985",
    "noticed_on": "2024-02-29",
    "story": "It began <slowly>.",
    "consent": "on",
    "source": "home",
}


def photo(name="top.jpg", content=b"pixels"):
    return SimpleUploadedFile(name, content, content_type="image/jpeg")


def bound(photos=(), **changes):
    data = MultiValueDict()
    for name, value in {**GOOD, **changes}.items():
        data.setlist(name, value if isinstance(value, list) else [value])
    return SampleForm(data, MultiValueDict({"photos": list(photos)}))


def empty():
    return SampleForm({})


def parse(form, **context):
    page = (
        "{% load crispy_forms_tags %}{% include 'clinic/error_summary.html' %}"
        "<form>{% crispy form %}</form>"
    )
    html = Template(page).render(Context({"form": form, **context}))
    return BeautifulSoup(html, "html.parser")


def controls(html, name=None):
    found = html.select("input:not([type=hidden]), select, textarea")
    if name is None:
        return found
    return [c for c in found if c["name"] == name or c["name"].startswith(f"{name}_")]
