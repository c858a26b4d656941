"""Blocks that lead a reader elsewhere."""

from wagtail import blocks

from .pictures import https_only
from .text import PLAIN_FEATURES


class ActionBlock(blocks.StructBlock):
    which = blocks.ChoiceBlock(
        choices=[
            ("both", "Both"),
            ("book", "Free consultation"),
            ("online", "Online consultation"),
        ],
        default="both",
        search_index=False,
    )
    text = blocks.CharBlock(
        max_length=255, required=False, help_text="A sentence above the button."
    )

    class Meta:
        icon = "calendar-check"
        group = "Actions"
        template = "blocks/action.html"
        description = (
            "A button to ask for help. Its words come from the clinic settings."
        )
        preview_value = {
            "which": "both",
            "text": "Not sure which kind you have? We look at it with you.",
        }


class ProductMentionBlock(blocks.StructBlock):
    text = blocks.RichTextBlock(features=PLAIN_FEATURES)
    link = blocks.URLBlock(
        required=False,
        max_length=500,
        validators=[https_only],
        help_text="Marked for search engines as paid for.",
    )
    link_text = blocks.CharBlock(
        max_length=80, required=False, help_text="Where the link leads, in words."
    )

    class Meta:
        icon = "tag"
        group = "Actions"
        template = "blocks/product_mention.html"
        label = "Product mention"
        description = (
            "Text about something the clinic sells, kept apart and marked as such."
        )
        preview_value = {
            "text": "<p>Our pharmacies also sell food supplements for hair.</p>",
            "link": "https://shop.example/supplements",
            "link_text": "See what is in them",
        }
