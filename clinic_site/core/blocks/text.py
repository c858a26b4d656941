"""Blocks of words."""

from wagtail import blocks

INLINE_FEATURES = ["bold", "italic", "link"]
PLAIN_FEATURES = [*INLINE_FEATURES, "ol", "ul"]
TEXT_FEATURES = [*PLAIN_FEATURES, "document-link", "superscript"]


class ParagraphBlock(blocks.RichTextBlock):
    """Without pictures: those have an alternative text and a caption in a figure."""

    class Meta:
        icon = "pilcrow"
        group = "Text"
        template = "blocks/paragraph.html"
        description = "Running text, with lists and links. Pictures are figures."
        preview_value = (
            "<p>Hair grows in cycles. Each follicle works for some years, rests for "
            "a few months and then starts again. About <b>nine in ten</b> are at "
            "work at any time.</p>"
        )

    def __init__(self, **kwargs):
        super().__init__(features=kwargs.pop("features", TEXT_FEATURES), **kwargs)


class KeyPointsBlock(blocks.StructBlock):
    title = blocks.CharBlock(max_length=80, default="Key points")
    points = blocks.ListBlock(
        blocks.RichTextBlock(features=INLINE_FEATURES, label="Point"), min_num=1
    )

    class Meta:
        icon = "list-ul"
        group = "Text"
        template = "blocks/key_points.html"
        description = "Three to five sentences for those who read nothing else."
        preview_value = {
            "title": "Key points",
            "points": [
                "<p>Shedding after an illness is common and usually stops.</p>",
                "<p>It begins two to three months after the cause.</p>",
                "<p>Most hair is back within a year.</p>",
            ],
        }


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(label="Quotation", rows=3)
    attribution = blocks.CharBlock(max_length=160, help_text="Who said it, and where.")

    class Meta:
        icon = "openquote"
        group = "Text"
        template = "blocks/quote.html"
        description = "Somebody's exact words, and whose they are."
        preview_value = {
            "text": "Most people wait two years before they ask. Ask sooner.",
            "attribution": "A consultant in our clinic",
        }
