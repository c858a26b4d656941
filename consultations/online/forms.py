import copy
from collections.abc import Callable
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django_countries import countries

from clinic_site.core.forms import MultipleFileField, MultipleFileInput
from clinic_site.core.rate_limit import TooManyRequests

from ..records.forms import ConsentField, SubmissionForm, clean_phone
from ..records.models import ConsentWording
from .models import OnlineConsultation, Photo
from .photos import DecoderBusy, PhotoRejected, PreparedPhoto, prepare
from .services import MAX_PHOTOS, new_photos

TOO_MANY_PHOTOS = (
    "We could not open your photos, because too many were sent from your connection "
    "in the last ten minutes. Choose them again a little later"
)


def text_field(
    *, label: str, hint: str, missing: str = "", rows: int = 5
) -> forms.Field:
    """A long answer, at most 3,000 characters; optional without `missing`."""
    return forms.CharField(
        label=label,
        help_text=hint,
        required=bool(missing),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={
            "required": missing,
            "max_length": "Your answer must be 3,000 characters or fewer",
        },
    )


class LeftOutField(forms.MultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def valid_value(self, value: str) -> bool:
        # Ticked on an earlier page and gone since: what the visitor wanted.
        return True


class OnlineConsultationForm(SubmissionForm):
    """History and photos, on one page.

    Photos that were good are kept although another answer was not: `kept` holds
    them, and `remove_photos` takes some of them out again.
    """

    age_band = forms.ChoiceField(
        label="How old are you?",
        choices=OnlineConsultation.AgeBand.choices,
        widget=forms.RadioSelect,
        help_text=(
            "Online consultations are for adults. If you are under 18, please ask "
            "your GP or phone us."
        ),
        error_messages={"required": "Choose your age group"},
    )
    country = forms.ChoiceField(
        label="Which country do you live in?",
        help_text="Rules for treatment differ from country to country.",
        widget=forms.Select(attrs={"autocomplete": "country"}),
        error_messages={
            "required": "Choose the country you live in",
            "invalid_choice": "Choose a country from the list",
        },
    )
    concern = text_field(
        label="What is happening with your hair or scalp?",
        hint="Where it is thinning or shedding, how it began, what worries you.",
        missing="Tell us what is happening with your hair or scalp",
        rows=6,
    )
    since = text_field(
        label="Since when?",
        hint="Roughly is fine, such as “about two years” or “since the spring”.",
        missing="Tell us roughly since when",
        rows=2,
    )
    medicines = text_field(
        label="Which medicines do you take, and which conditions do you have?",
        hint="Include allergies, pregnancy, and anything you have tried for your hair.",
    )
    photos = MultipleFileField(
        label="Photos of your scalp",
        max_files=MAX_PHOTOS,
        help_text=(
            "One to five photos, 12 MB each at most: from above, the hairline, and "
            "wherever you notice a change. In daylight, hair dry. We remove the "
            "place and time that your camera writes into them."
        ),
        widget=MultipleFileInput(
            attrs={"accept": "image/jpeg,image/png,image/webp,image/heic,image/avif"}
        ),
        error_messages={
            "required": "Add at least one photo",
            "too_many": "Send five photos at most",
        },
    )
    remove_photos = LeftOutField(
        label="We already have these photos. Tick any you want to leave out",
        required=False,
    )
    phone = forms.CharField(
        label="Telephone number",
        required=False,
        max_length=40,
        help_text="Only if you would like us to be able to call you.",
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
        error_messages={
            "max_length": "Your telephone number must be 40 characters or fewer"
        },
    )
    consent_health = ConsentField(
        key=ConsentWording.Key.ONLINE_HEALTH,
        missing="Tick the box to let our specialists read your answers",
    )
    consent_photos = ConsentField(
        key=ConsentWording.Key.ONLINE_PHOTOS,
        missing="Tick the box to let our specialists look at your photos",
    )

    field_order = [
        "submit_key",
        "website",
        "age_band",
        "country",
        "concern",
        "since",
        "medicines",
        "photos",
        "remove_photos",
        "name",
        "email",
        "phone",
        "consent_health",
        "consent_photos",
    ]

    def __init__(
        self,
        data: QueryDict | None = None,
        files: MultiValueDict | None = None,
        *,
        count_photos: Callable[[], None],
    ) -> None:
        """`count_photos` may raise TooManyRequests before any photo is opened."""
        super().__init__(data, files)
        self.count_photos = count_photos
        self.fields["country"].choices = [("", "Choose a country"), *countries]
        self.prepared: list[PreparedPhoto] = []
        key = self.key()
        self.show_kept(list(Photo.objects.kept_for(key)) if key else [])

    def key(self) -> UUID | None:
        """The form's key as it was sent; None where there is none that is valid."""
        try:
            return UUID(self.data.get("submit_key", ""))
        except ValueError:
            return None

    def was_sent(self) -> bool:
        """Whether a consultation is stored that took this form's photos with it."""
        sent = OnlineConsultation.objects.filter(submit_key=self.key())
        return self.key() is not None and sent.exists()

    def show_kept(self, kept: list[Photo]) -> None:
        """Offer to leave out photos that are kept already; no question if none is."""
        self.kept = kept
        self.fields["photos"].required = not kept and not self.was_sent()
        if not kept:
            self.fields.pop("remove_photos", None)
            return
        # The page shows the field that was validated, so that one must change.
        field = self.fields.setdefault(
            "remove_photos", copy.deepcopy(self.base_fields["remove_photos"])
        )
        field.choices = [
            (str(photo.pk), f"Photo {photo.position} ({photo.width} × {photo.height})")
            for photo in kept
        ]
        self.order_fields(self.field_order)

    def clean_phone(self) -> str:
        typed = self.cleaned_data["phone"]
        return clean_phone(typed) if typed else ""

    def clean_photos(self) -> list[PreparedPhoto]:
        uploads, errors = self.cleaned_data["photos"], []
        if uploads:
            self.check_photo_limit()
        for number, upload in enumerate(uploads, start=1):
            try:
                self.prepared.append(prepare(upload))
            except DecoderBusy as error:
                errors.append(str(error))
                break
            except PhotoRejected as error:
                errors.append(f"Photo {number}: {error}")
        if errors:
            raise ValidationError(errors)
        return self.prepared

    def check_photo_limit(self) -> None:
        """Opening photos costs computing, whether the form is complete or not."""
        try:
            self.count_photos()
        except TooManyRequests as error:
            raise ValidationError(TOO_MANY_PHOTOS) from error

    def clean(self) -> dict:
        cleaned = super().clean()
        removed = set(cleaned.get("remove_photos", []))
        self.kept = [photo for photo in self.kept if str(photo.pk) not in removed]
        new = new_photos(prepared=self.prepared, kept=self.kept)
        count = len(self.kept) + len(new)
        if "photos" not in self.errors:
            if count > MAX_PHOTOS:
                self.add_error("photos", "Send five photos at most")
            elif count == 0 and not self.was_sent():
                self.add_error("photos", "Add at least one photo")
        return cleaned

    def submission(self) -> dict:
        values = super().submission()
        values.pop("remove_photos", None)
        return {**values, "photos": self.prepared, "kept": self.kept}
