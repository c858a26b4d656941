"""What every form a visitor sees is made of.

The templates in `templates/clinic/` render any Django form. The mixin adds the
words: errors that say what to do, and limits told before they are met.
"""

from collections.abc import Iterator

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField, BoundWidget
from django.forms.utils import pretty_name
from django.utils.html import format_html, strip_tags

# The first match counts, so narrow widgets stand before wide ones.
REQUIRED_MESSAGES = (
    (forms.FileInput, "Choose a file for “{label}”"),
    (forms.CheckboxInput, "Tick “{label}” to continue"),
    (forms.CheckboxSelectMultiple, "Tick at least one answer to “{label}”"),
    (forms.widgets.ChoiceWidget, "Choose an answer to “{label}”"),
    (forms.DateInput, "Enter a date for “{label}”"),
    (forms.Widget, "Fill in “{label}”"),
)
FIELD_MESSAGES = (
    (
        forms.CharField,
        {
            "min_length": "“{label}” must be %(limit_value)d characters or more. "
            "You used %(show_value)d.",
            "max_length": "“{label}” must be %(limit_value)d characters or fewer. "
            "You used %(show_value)d.",
        },
    ),
    (forms.EmailField, {"invalid": "Enter an email address, like name@example.com"}),
    (
        forms.IntegerField,
        {
            "invalid": "Enter a number for “{label}”, like 12",
            "min_value": "“{label}” must be %(limit_value)s or more",
            "max_value": "“{label}” must be %(limit_value)s or less",
        },
    ),
    (forms.DateField, {"invalid": "Enter a real date for “{label}”, like 31/3/1985"}),
    (
        forms.ChoiceField,
        {"invalid_choice": "Choose from the answers listed for “{label}”"},
    ),
    (forms.FileField, {"empty": "One of the files is empty. Choose another."}),
)
# Django fills these in with "%", so a percent sign in a label must be doubled.
MESSAGES_WITH_PARAMS = {
    "min_length",
    "max_length",
    "min_value",
    "max_value",
    "invalid_choice",
}


class ClinicBoundField(BoundField):
    def __init__(self, form: forms.BaseForm, field: forms.Field, name: str) -> None:
        super().__init__(form, field, name)
        limit = getattr(field, "max_length", None)
        if limit and isinstance(field.widget, forms.Textarea):
            self.help_text = format_html(
                "{} You can write up to {} characters.", self.help_text, f"{limit:,}"
            )

    @property
    def parts(self) -> list[BoundWidget]:
        """The controls of a multi-part field, each with its own field's label."""
        widgets = getattr(self.field.widget, "widgets", [])
        fields = getattr(self.field, "fields", [])
        if not fields or not all(field.label for field in fields):
            return []
        contexts = self.subwidgets[0].data["subwidgets"]
        return [
            BoundWidget(widget, {**context, "label": field.label}, self.form.renderer)
            for widget, context, field in zip(widgets, contexts, fields, strict=True)
        ]


class ClinicFormMixin:
    """Goes before `forms.Form` or `forms.ModelForm`.

    Messages the form's author gave stay; Django's own are put into words that
    name the question. `helper` is for `{% crispy form %}` inside the page's own
    `<form>`; give it a layout after `super().__init__()`.
    """

    bound_field_class = ClinicBoundField

    def __init__(self, *args, **kwargs) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        # A layout that forgets the spam trap or a hidden field must not drop it.
        self.helper.render_unmentioned_fields = True
        for field in self.fields.values():
            if isinstance(field.widget, forms.Textarea):
                # Browsers cut a pasted text at maxlength and do not say so.
                field.widget.attrs.pop("maxlength", None)

    def full_clean(self) -> None:
        # Not earlier: labels may come from the site's settings in __init__.
        for name, field in self.fields.items():
            label = strip_tags(str(field.label or pretty_name(name)))
            for code, message in plain_messages(field):
                quoted = label
                if code in MESSAGES_WITH_PARAMS:
                    quoted = label.replace("%", "%%")
                if is_untouched(field, code):
                    field.error_messages[code] = message.format(label=quoted)
        super().full_clean()


def plain_messages(field: forms.Field) -> Iterator[tuple[str, str]]:
    for widget_class, message in REQUIRED_MESSAGES:
        if isinstance(field.widget, widget_class):
            yield "required", message
            break
    for field_class, messages in FIELD_MESSAGES:
        if isinstance(field, field_class):
            yield from messages.items()


def is_untouched(field: forms.Field, code: str) -> bool:
    """Whether the message for this code is Django's own, or none at all."""
    given = field.error_messages.get(code)
    return given is None or any(
        given == vars(cls).get("default_error_messages", {}).get(code)
        for cls in type(field).__mro__
        if cls.__module__.startswith("django.")
    )


class DateInput(forms.DateInput):
    """The browser's own date picker, which accepts ISO dates only."""

    input_type = "date"

    def __init__(self, attrs: dict | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class MultipleFileInput(forms.FileInput):
    allow_multiple_selected = True


class MultipleFileField(forms.FileField):
    """Cleans to a list of uploads, an empty one where none was required."""

    widget = MultipleFileInput
    default_error_messages = {
        "too_many": "Choose no more than %(limit)d files. You chose %(count)d.",
    }

    def __init__(self, *, max_files: int, **kwargs) -> None:
        self.max_files = max_files
        super().__init__(**kwargs)

    def clean(self, data: object, initial: object = None) -> list:
        uploads = data if isinstance(data, (list, tuple)) else [data]
        uploads = [upload for upload in uploads if upload]
        if len(uploads) > self.max_files:
            raise ValidationError(
                self.error_messages["too_many"],
                code="too_many",
                params={"limit": self.max_files, "count": len(uploads)},
            )
        if not uploads:
            super().clean(None)  # raises where a file is required
        return [super(MultipleFileField, self).clean(upload) for upload in uploads]


class HoneypotInput(forms.TextInput):
    def get_context(self, name: str, value: object, attrs: dict) -> dict:
        # Never the value: a browser that filled the box in for a person must
        # not lock that person out when they send the form again.
        attrs = {"id": attrs.get("id"), "tabindex": "-1", "autocomplete": "off"}
        return super().get_context(name, None, attrs)


class HoneypotField(forms.CharField):
    """A box no person sees; what fills it in is most likely a program.

    Name it like something programs want ("website") and browsers do not offer
    to fill in (not "name", "email" or "phone").
    """

    widget = HoneypotInput
    is_trap = True

    def __init__(self, **kwargs) -> None:
        kwargs = {"required": False, "label": "Leave this box empty", **kwargs}
        super().__init__(**kwargs)

    def validate(self, value: str) -> None:
        if value:
            raise ValidationError(
                "We could not send your form, because a box that people cannot "
                "see was filled in. Your browser may have done that. Please send "
                "the form again.",
                code="spam",
            )
