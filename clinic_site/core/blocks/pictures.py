"""Blocks that show something: figures and videos."""

from urllib.parse import urlsplit

from django.core.validators import RegexValidator
from wagtail import blocks
from wagtail.images.blocks import ImageBlock, ImageChooserBlock

from ..models import ClinicImage
from ..preload import PreloadedBlock
from .text import PLAIN_FEATURES

# How wide a browser will show a picture, so that it loads the right size. The
# widths are those of static/css/figures.css.
SIZES = {
    "text": "(min-width: 44rem) 42rem, 92vw",
    "wide": "(min-width: 66rem) 60rem, (min-width: 44rem) 42rem, 92vw",
    "half": "(min-width: 44rem) 20rem, 92vw",
}

https_only = RegexValidator(
    r"^https://", "Give an address that begins with https://", "https"
)


def sample_picture() -> ClinicImage | None:
    """The library's newest picture, for previews; None while the library is empty."""
    image = ClinicImage.objects.order_by("-pk").first()
    if image:
        image.contextual_alt_text = image.description
    return image


class PreloadedImageChooserBlock(PreloadedBlock, ImageChooserBlock):
    pass


class PictureBlock(ImageBlock):
    """Wagtail's, whose picture is fetched together with all others of the page."""

    def __init__(self, required: bool = True, **kwargs) -> None:
        super().__init__(required=required, **kwargs)
        chooser = PreloadedImageChooserBlock(required=required)
        chooser.set_name("image")
        self.child_blocks["image"] = chooser


class FigureValue(blocks.StructValue):
    def sizes(self) -> str:
        return SIZES[self.get("width") or "text"]


class FigureBlock(blocks.StructBlock):
    image = PictureBlock()
    caption = blocks.CharBlock(max_length=255, required=False)
    width = blocks.ChoiceBlock(
        choices=[
            ("text", "As wide as the text"),
            ("wide", "Wider than the text, where there is room"),
            ("half", "Half as wide, beside the text"),
        ],
        default="text",
        search_index=False,
    )

    class Meta:
        icon = "image"
        group = "Pictures"
        template = "blocks/figure.html"
        value_class = FigureValue
        description = (
            "A picture with its caption. Its credit comes from the picture library."
        )

    def get_preview_value(self):
        caption = "The picture stands above its caption."
        return self.normalize({"image": sample_picture(), "caption": caption})


class HalfFigureBlock(blocks.StructBlock):
    image = PictureBlock()
    caption = blocks.CharBlock(max_length=255, required=False)


class TwoFiguresBlock(blocks.StructBlock):
    figures = blocks.ListBlock(
        HalfFigureBlock(label="Figure"),
        min_num=2,
        max_num=2,
        default=[{"image": None, "caption": ""}, {"image": None, "caption": ""}],
    )

    class Meta:
        icon = "copy"
        group = "Pictures"
        label = "Two figures"
        template = "blocks/two_figures.html"
        description = (
            "Two pictures to compare, side by side; below each other on a phone."
        )

    def get_preview_value(self):
        captions = ("What healthy hair looks like.", "What a doctor looks for.")
        return self.normalize(
            {
                "figures": [
                    {"image": sample_picture(), "caption": caption}
                    for caption in captions
                ]
            }
        )


class VideoValue(blocks.StructValue):
    def host(self) -> str:
        """Where it plays, as people know that site."""
        return (urlsplit(self["address"]).hostname or "").removeprefix("www.")


class VideoBlock(blocks.StructBlock):
    title = blocks.CharBlock(max_length=120)
    address = blocks.URLBlock(
        max_length=500,
        validators=[https_only],
        help_text="Where it plays. Readers go there by a link; nothing is embedded.",
    )
    length = blocks.CharBlock(
        max_length=40, required=False, help_text="For example: 4 minutes."
    )
    poster = PictureBlock(required=False, label="Still picture")
    transcript = blocks.RichTextBlock(
        features=PLAIN_FEATURES,
        help_text="All that is said, and what is shown if it matters.",
    )

    class Meta:
        icon = "media"
        group = "Pictures"
        template = "blocks/video.html"
        value_class = VideoValue
        description = (
            "A link to a video with its transcript. Nothing loads before the click."
        )

    def get_preview_value(self):
        return self.normalize(
            {
                "title": "How we look at a scalp",
                "address": "https://video.example/scalp",
                "length": "2 minutes",
                "poster": sample_picture(),
                "transcript": "<p>We begin with the parting, under a bright lamp.</p>",
            }
        )
