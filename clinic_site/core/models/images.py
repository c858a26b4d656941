from bisect import bisect_left
from operator import attrgetter

from django.core.files.base import File
from django.db import IntegrityError, models
from django_tasks import task
from wagtail.images.models import (
    AbstractImage,
    AbstractRendition,
    Filter,
    SourceImageIOError,
    WagtailImageFieldFile,
)

from .. import frame
from ..metadata import strip_metadata

# In what the site shows pictures. Templates show a picture through
# components/picture.html, which takes what there is of these; a task makes them
# when a picture is saved, so that no visitor waits. JPEG first: every browser shows
# it, and it is there soonest.
FORMATS = ("jpeg", "avif")
WIDTHS = (400, 800, 1280)
# No picture is shown taller than a screen: a tall one is shown narrower.
TALLEST = 800


class PictureFile(WagtailImageFieldFile):
    """Decoded, turned upright and written anew without any metadata.

    Here, where every file passes on its way into the library: the admin's form for
    several pictures stores them before it saves the model.
    """

    def save(self, name: str, content: File, save: bool = True) -> None:
        clean = strip_metadata(content, name=name)
        super().save(clean.name, clean, save)


class ClinicImage(AbstractImage):
    """A picture in the editors' library, without what cameras write into theirs."""

    description = models.CharField(
        "alternative text",
        max_length=255,
        help_text=(
            "Say what the picture shows to someone who cannot see it. "
            "Not a file name, and no “picture of”."
        ),
    )
    credit = models.CharField(
        max_length=255,
        blank=True,
        help_text="Who made the picture or owns it, as it should be printed.",
    )

    admin_form_fields = (
        "title",
        "file",
        "description",
        "credit",
        "collection",
        "tags",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
    )

    @property
    def default_alt_text(self) -> str:
        return self.description

    def focus_classes(self) -> str:
        """CSS classes that keep what matters in sight where a picture is cropped.

        In tenths of its width and height: inline styles are not allowed.
        """
        if not self.has_focal_point():
            return ""
        across = round(10 * self.focal_point_x / self.width)
        down = round(10 * self.focal_point_y / self.height)
        return f"focus-x-{min(across, 10)} focus-y-{min(down, 10)}"

    def shown_size(self) -> dict[str, int]:
        """Width and height at which the whole picture is shown at most."""
        factor = min(1, TALLEST / self.height)
        return {
            "width": max(1, round(self.width * factor)),
            "height": round(self.height * factor),
        }

    def wanted_sizes(self) -> list[Filter]:
        """Up to its own width: no picture is made wider than it is."""
        widths = WIDTHS[: bisect_left(WIDTHS, self.width) + 1]
        return [
            Filter(f"format-{kind}|width-{width}")
            for kind in FORMATS
            for width in widths
        ]

    def make_sizes(self) -> None:
        """Make what is missing, which takes seconds: not for a visitor's request.

        One by one, unlike Wagtail's `get_renditions`: that fails when a command
        and the worker make the same size at the same moment. And past its cache,
        where other processes' deletions are not known.
        """
        made = set(self.renditions.values_list("filter_spec", flat=True))
        for size in self.wanted_sizes():
            if size.spec not in made:
                self.create_rendition(size)

    def ready_sizes(self) -> dict[str, "ClinicRendition"]:
        """What has been made so far, by spec. Makes nothing: visitors call this."""
        wanted = self.wanted_sizes()
        found = self.find_existing_renditions(*wanted)
        # Fetched for several places at once, they belong to the last of them; but
        # each place has an alternative text of its own.
        for rendition in found.values():
            rendition.image = self
        return {size.spec: found[size] for size in wanted if size in found}

    def widest_jpeg(self) -> "ClinicRendition | None":
        """The largest made so far that every reader of pictures understands."""
        ready = self.ready_sizes().items()
        jpegs = [size for spec, size in ready if spec.startswith("format-jpeg")]
        return max(jpegs, key=attrgetter("width"), default=None)

    def save(self, *args, **kwargs) -> None:
        is_loose = self.file and not self.file._committed
        is_new_file = is_loose or self._state.adding
        if is_loose:
            self.file.save(self.file.name, self.file.file, save=False)
            self._set_image_file_metadata()
        super().save(*args, **kwargs)
        frame.forget()  # it holds pictures of the clinics
        if is_new_file:
            self.renditions.all().delete()  # of the file before
            make_renditions.enqueue(self.pk)

    def delete(self, *args, **kwargs) -> tuple[int, dict[str, int]]:
        result = super().delete(*args, **kwargs)
        frame.forget()
        return result


# On the field itself: a field of our own would have to repeat Wagtail's, and to be in
# a migration.
ClinicImage._meta.get_field("file").attr_class = PictureFile


@task()
def make_renditions(image_id: int) -> None:
    """Make every size of one picture; ends quietly when it is gone, or goes."""
    stored = ClinicImage.objects.filter(pk=image_id)
    if image := stored.first():
        try:
            image.make_sizes()
        except (IntegrityError, SourceImageIOError):  # without its row, or its file
            if stored.exists():
                raise


class ClinicRendition(AbstractRendition):
    image = models.ForeignKey(
        ClinicImage, on_delete=models.CASCADE, related_name="renditions"
    )

    def get_upload_to(self, filename: str) -> str:
        """An address no other picture ever had: browsers keep these for a year."""
        return super().get_upload_to(f"{self.image.get_file_hash()[:12]}.{filename}")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"],
                name="unique_rendition",
            )
        ]
