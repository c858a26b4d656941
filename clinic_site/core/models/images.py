from django.core.cache import cache
from django.db import models
from django_tasks import task
from wagtail.images.models import AbstractImage, AbstractRendition, Filter

from .. import frame
from ..metadata import strip_metadata

# The one set of sizes in which the site shows pictures. Templates show a picture
# through components/picture.html, which asks for just these; a task makes them
# when a picture is saved, so that no visitor waits.
SIZES = ("format-{avif,jpeg}", "width-{400,800,1280}")


class ClinicImage(AbstractImage):
    """A picture in the editors' library.

    Whatever is uploaded is decoded, turned upright and saved anew without any
    metadata before it reaches the disk: cameras write down where they were.
    """

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

    def all_sizes(self) -> dict[Filter, "ClinicRendition"]:
        """Every size; what is missing is made now.

        One by one, unlike Wagtail's `get_renditions`: that fails when a command
        and the worker make the same size at the same moment.
        """
        filters = [Filter(spec=spec) for spec in Filter.expand_spec(SIZES)]
        found = self.find_existing_renditions(*filters)
        return {
            filter: found.get(filter) or self.get_rendition(filter)
            for filter in filters
        }

    def ready_sizes(self) -> dict[str, "ClinicRendition"]:
        """What the worker has made, by spec: no visitor waits for an encoder.

        Asks it for what is missing, once a minute.
        """
        wanted = [Filter(spec=spec) for spec in Filter.expand_spec(SIZES)]
        found = self.find_existing_renditions(*wanted)
        if len(found) < len(wanted) and cache.add(f"sizes-asked:{self.pk}", 1, 60):
            make_renditions.enqueue(self.pk)
        # Fetched for several places at once, they belong to the last of them; but
        # each place has an alternative text of its own.
        for rendition in found.values():
            rendition.image = self
        return {filter.spec: rendition for filter, rendition in found.items()}

    def save(self, *args, **kwargs) -> None:
        is_new_file = self.file and not self.file._committed
        if is_new_file:
            self.file = strip_metadata(self.file)
        super().save(*args, **kwargs)
        frame.forget()  # it holds pictures of the clinics
        if is_new_file:
            make_renditions.enqueue(self.pk)

    def delete(self, *args, **kwargs) -> tuple[int, dict[str, int]]:
        result = super().delete(*args, **kwargs)
        frame.forget()
        return result


@task()
def make_renditions(image_id: int) -> None:
    """Make every size of one picture; does nothing when it is gone by now."""
    image = ClinicImage.objects.filter(pk=image_id).first()
    if image:
        image.all_sizes()


class ClinicRendition(AbstractRendition):
    image = models.ForeignKey(
        ClinicImage, on_delete=models.CASCADE, related_name="renditions"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"],
                name="unique_rendition",
            )
        ]
