"""The blocks of a page's body, shared by every page type."""

from wagtail import blocks
from wagtail.images.blocks import ImageBlock

TEXT_FEATURES = [
    "bold",
    "italic",
    "link",
    "document-link",
    "ol",
    "ul",
    "superscript",
]
PLAIN_FEATURES = ["bold", "italic", "link", "ol", "ul"]


class HeadingBlock(blocks.StructBlock):
    text = blocks.CharBlock(max_length=120, label="Heading")
    level = blocks.ChoiceBlock(
        choices=[("h2", "Section"), ("h3", "Part of a section")], default="h2"
    )

    class Meta:
        icon = "title"
        template = "blocks/heading.html"
        description = "Begins a section; long pages list their sections on top."
        preview_value = {"text": "What the evidence says", "level": "h2"}


class ParagraphBlock(blocks.RichTextBlock):
    class Meta:
        icon = "pilcrow"
        template = "blocks/paragraph.html"
        description = "Running text. [1] refers to the first source."
        preview_value = (
            "<p>Hair grows in cycles. Each follicle works for some years, rests for "
            "a few months and then starts again.</p>"
        )

    def __init__(self, **kwargs):
        super().__init__(features=kwargs.pop("features", TEXT_FEATURES), **kwargs)


class FigureBlock(blocks.StructBlock):
    image = ImageBlock()
    caption = blocks.CharBlock(max_length=255, required=False)

    class Meta:
        icon = "image"
        template = "blocks/figure.html"
        description = "A picture with its caption and credit."

    def get_preview_value(self):
        return {"image": None, "caption": "The picture stands above its caption."}


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(label="Quotation", rows=3)
    attribution = blocks.CharBlock(max_length=160, help_text="Who said it, and where.")

    class Meta:
        icon = "openquote"
        template = "blocks/quote.html"
        description = "Somebody's exact words, and whose they are."
        preview_value = {
            "text": "Most people wait two years before they ask. Ask sooner.",
            "attribution": "A consultant in our clinic",
        }


class CalloutBlock(blocks.StructBlock):
    kind = blocks.ChoiceBlock(
        choices=[
            ("note", "Good to know"),
            ("warning", "Take care"),
            ("doctor", "See a doctor"),
        ],
        default="note",
    )
    title = blocks.CharBlock(max_length=120)
    text = blocks.RichTextBlock(features=PLAIN_FEATURES)

    class Meta:
        icon = "warning"
        template = "blocks/callout.html"
        description = "What a hurried reader must not miss."
        preview_value = {
            "kind": "doctor",
            "title": "See your GP first",
            "text": "<p>If your scalp is painful, red or weeping.</p>",
        }


class ProductMentionBlock(blocks.StructBlock):
    text = blocks.RichTextBlock(features=PLAIN_FEATURES)

    class Meta:
        icon = "tag"
        template = "blocks/product_mention.html"
        label = "Product mention"
        description = (
            "Text about something the clinic sells, kept apart and marked as such."
        )
        preview_value = {
            "text": "<p>Our pharmacies also sell food supplements for hair.</p>"
        }


class BodyBlock(blocks.StreamBlock):
    heading = HeadingBlock()
    paragraph = ParagraphBlock()
    figure = FigureBlock()
    quote = QuoteBlock()
    callout = CalloutBlock(label="Call-out")
    product_mention = ProductMentionBlock()
