"""The form by which editors add and replace pictures."""

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm
from wagtail.models import Page, ReferenceIndex
from wagtail.permissions import page_permission_policy

from clinic_site.users.models import User

from .models import ClinicImage
from .models.images import make_renditions


class PictureField(WagtailImageField):
    """Refuses in words also what begins like a picture and then breaks off."""

    default_error_messages = {
        "invalid_image": (
            "This file cannot be read as a picture. It may be damaged, only partly "
            "copied, or animated. Save it again as JPEG or PNG and choose that."
        )
    }

    def check_image_pixel_size(self, f: UploadedFile) -> None:
        try:
            super().check_image_pixel_size(f)
        except ValidationError:
            raise
        except Exception as error:  # decoders raise anything
            raise ValidationError(
                self.error_messages["invalid_image"], code="invalid_image"
            ) from error


# What readers get of a picture, on a screen or read out to them.
SHOWN = {"file", "description"}


def is_on_a_live_page(image: ClinicImage) -> bool:
    """As the page is stored; what a draft shows does not count."""
    found = ReferenceIndex.get_references_to(image).filter(
        base_content_type=ContentType.objects.get_for_model(Page)
    )
    pages = [int(pk) for pk in found.values_list("object_id", flat=True)]
    return Page.objects.live().filter(pk__in=pages).exists()


class ClinicImageForm(BaseImageForm):
    def __init__(self, *args, user: User | None = None, **kwargs):
        super().__init__(*args, user=user, **kwargs)
        self.user = user
        # Not declared above: Wagtail makes forms without the file from this one too.
        if given := self.fields.get("file"):
            self.fields["file"] = PictureField(
                label=given.label, required=given.required, widget=given.widget
            )

    def clean(self) -> dict:
        """Who may not publish a page may not change what it shows either."""
        cleaned = super().clean()
        if (
            SHOWN.intersection(self.changed_data)
            and self.user
            and self.instance.pk
            and not page_permission_policy.user_has_permission(self.user, "publish")
            and is_on_a_live_page(self.instance)
        ):
            self.add_error(
                None,
                "Pages that are live show this picture as it is. Ask a publisher to "
                "change it, or add another picture.",
            )
        return cleaned

    @transaction.atomic
    def save(self, commit: bool = True) -> ClinicImage:
        """After another file, Wagtail deletes whatever sizes have been made by then.

        In one piece: Wagtail indexes the picture here, and has told the worker to do
        so as well. At the same moment on SQLite, one of the two fails.
        """
        image = super().save(commit)
        if commit and self.original_file and "file" in self.changed_data:
            make_renditions.enqueue(image.pk)
        return image
