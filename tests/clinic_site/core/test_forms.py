"""The words and the fields that `clinic_site.core.forms` gives to every form."""

from datetime import date

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.datastructures import MultiValueDict
from django.utils.safestring import mark_safe

from clinic_site.core.forms import (
    ClinicFormMixin,
    DateInput,
    HoneypotField,
    MultipleFileField,
)


class Form(ClinicFormMixin, forms.Form):
    """Takes its fields as keyword arguments, all but `data` and `files`."""

    def __init__(self, data=None, files=None, **fields):
        super().__init__(data, files)
        self.fields.update(fields)


def errors_of(field, value=None):
    data = {} if value is None else {"answer": value}
    return Form(data, answer=field).errors.get("answer", [])


CHOICES = [("bank", "Larkfield Bank")]


class TestMessages:
    @pytest.mark.parametrize(
        ("field", "message"),
        [
            (forms.CharField(label="Town"), "Fill in “Town”"),
            (forms.CharField(), "Fill in “Answer”"),
            (forms.EmailField(label="Email"), "Fill in “Email”"),
            (forms.ChoiceField(label="Clinic"), "Choose an answer to “Clinic”"),
            (
                forms.ChoiceField(label="How?", widget=forms.RadioSelect),
                "Choose an answer to “How?”",
            ),
            (
                forms.MultipleChoiceField(
                    label="Which?", widget=forms.CheckboxSelectMultiple
                ),
                "Tick at least one answer to “Which?”",
            ),
            (
                forms.DateField(label="Since when?", widget=DateInput),
                "Enter a date for “Since when?”",
            ),
            (forms.FileField(label="Photo"), "Choose a file for “Photo”"),
            (forms.BooleanField(label="I agree"), "Tick “I agree” to continue"),
        ],
    )
    def test_name_what_is_missing(self, field, message):
        assert errors_of(field) == [message]

    @pytest.mark.parametrize(
        ("field", "value", "message"),
        [
            (
                forms.EmailField(),
                "sam",
                "Enter an email address, like name@example.com",
            ),
            (
                forms.ChoiceField(label="Clinic", choices=CHOICES),
                "moon",
                "Choose from the answers listed for “Clinic”",
            ),
            (
                forms.DateField(label="Since when?"),
                "2023-02-30",
                "Enter a real date for “Since when?”, like 31/3/1985",
            ),
            (
                forms.CharField(label="Town", max_length=3),
                "York",
                "“Town” must be 3 characters or fewer. You used 4.",
            ),
            (
                forms.IntegerField(label="Age", min_value=18),
                "17",
                "“Age” must be 18 or more",
            ),
        ],
    )
    def test_name_what_is_wrong(self, field, value, message):
        assert errors_of(field, value) == [message]

    def test_given_by_the_form_s_author_stay(self):
        field = forms.CharField(error_messages={"required": "Enter your name"})

        assert errors_of(field) == ["Enter your name"]

    def test_given_by_our_own_kind_of_field_stay(self):
        class TownField(forms.CharField):
            default_error_messages = {"required": "Where do you live?"}

        assert errors_of(TownField(label="Town")) == ["Where do you live?"]

    def test_use_the_label_as_it_was_set_last(self):
        form = Form({"dose": "9"}, dose=forms.IntegerField(max_value=5))
        form.fields["dose"].label = mark_safe("Strength in <b>%</b> {x}")

        assert form.errors["dose"] == ["“Strength in % {x}” must be 5 or less"]

    def test_do_not_reach_another_form_of_the_same_class(self):
        class Town(ClinicFormMixin, forms.Form):
            town = forms.CharField()

        assert Town({}).errors["town"] == ["Fill in “Town”"]
        assert Town.base_fields["town"].error_messages["required"] == (
            "This field is required."
        )


class TestLongAnswers:
    def field(self, **kwargs):
        answer = forms.CharField(max_length=2000, widget=forms.Textarea, **kwargs)
        return Form(answer=answer)["answer"]

    def test_tell_their_limit_after_their_hint(self):
        assert self.field(help_text="Roughly & in short.").help_text == (
            "Roughly &amp; in short. You can write up to 2,000 characters."
        )

    def test_tell_it_alone_without_a_hint(self):
        assert self.field().help_text.strip() == (
            "You can write up to 2,000 characters."
        )

    def test_are_not_cut_off_by_the_browser(self):
        class Story(ClinicFormMixin, forms.Form):
            story = forms.CharField(max_length=2000, widget=forms.Textarea)

        assert "maxlength" not in str(Story()["story"])


class TestDates:
    def test_known_before_are_shown_as_the_browser_s_picker_wants_them(self):
        form = Form(born_on=forms.DateField(widget=DateInput))
        form.initial["born_on"] = date(1985, 3, 31)

        assert 'type="date"' in str(form["born_on"])
        assert 'value="1985-03-31"' in str(form["born_on"])


def photo(name="top.jpg", content=b"pixels"):
    return SimpleUploadedFile(name, content, content_type="image/jpeg")


class TestPhotos:
    def form(self, *photos, **kwargs):
        files = MultiValueDict({"photos": list(photos)})
        return Form({}, files, photos=MultipleFileField(max_files=5, **kwargs))

    def test_all_arrive_in_order(self):
        form = self.form(photo("1.jpg"), photo("2.jpg"))

        assert form.is_valid(), form.errors
        assert [f.name for f in form.cleaned_data["photos"]] == ["1.jpg", "2.jpg"]

    @pytest.mark.parametrize(
        ("photos", "message"),
        [
            ([], "Choose a file for “Photos”"),
            ([photo()] * 6, "Choose no more than 5 files. You chose 6."),
            (
                [photo(), photo("empty.jpg", b"")],
                "One of the files is empty. Choose another.",
            ),
        ],
    )
    def test_too_few_too_many_and_empty_ones_are_refused(self, photos, message):
        assert self.form(*photos).errors == {"photos": [message]}

    def test_none_at_all_are_an_empty_list_where_they_are_optional(self):
        form = self.form(required=False)

        assert form.is_valid()
        assert form.cleaned_data["photos"] == []

    def test_can_be_chosen_together(self):
        assert "multiple" in str(self.form()["photos"])


class TestHoneypot:
    def form(self, typed=None):
        data = {} if typed is None else {"website": typed}
        return Form(data, website=HoneypotField())

    @pytest.mark.parametrize("typed", [None, "", "  "])
    def test_lets_people_pass(self, typed):
        assert self.form(typed).is_valid()

    def test_refuses_what_filled_it_in_and_says_how_to_go_on(self):
        form = self.form("https://spam.example")

        assert form.has_error("website", "spam")
        assert "Please send the form again." in form.errors["website"][0]

    def test_comes_back_empty_so_that_a_person_can_send_again(self):
        assert "spam" not in str(self.form("https://spam.example")["website"])
