"""The form by which editors add and replace pictures."""

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from .media_in_use import KeepsWhatIsShown
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


class ClinicImageForm(KeepsWhatIsShown, BaseImageForm):
    # What readers get of a picture, on a screen or read out to them.
    shown = frozenset(
        {
            "file",
            "description",
            "credit",
            "focal_point_x",
            "focal_point_y",
            "focal_point_width",
            "focal_point_height",
        }
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # Not declared above: Wagtail makes forms without the file from this one too.
        if given := self.fields.get("file"):
            self.fields["file"] = PictureField(
                label=given.label, required=given.required, widget=given.widget
            )

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
