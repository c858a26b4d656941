"""The blocks of a page's body, shared by every page type."""

from wagtail.blocks import StreamBlock, StreamValue

from .actions import ActionBlock, ProductMentionBlock
from .advice import CalloutBlock, DosAndDontsBlock, StepsBlock
from .headings import HeadingBlock, name_headings
from .pictures import FigureBlock, TwoFiguresBlock, VideoBlock
from .tables import TableBlock
from .text import KeyPointsBlock, ParagraphBlock, QuoteBlock


class BodyBlock(StreamBlock):
    """In the order of the editors' menu: words, pictures, evidence, advice, actions."""

    heading = HeadingBlock()
    paragraph = ParagraphBlock()
    key_points = KeyPointsBlock()
    quote = QuoteBlock()
    figure = FigureBlock()
    two_figures = TwoFiguresBlock()
    video = VideoBlock()
    table = TableBlock()
    callout = CalloutBlock(label="Call-out")
    dos_and_donts = DosAndDontsBlock(label="Do and don’t")
    steps = StepsBlock()
    action = ActionBlock()
    product_mention = ProductMentionBlock()

    def get_prep_value(self, value: StreamValue | None) -> list:
        """Headings are named whichever way a text is stored."""
        name_headings(value or [])
        return super().get_prep_value(value)

    def get_form_state(self, value: StreamValue | None) -> list:
        """And before the editor can change the words of one stored without a name."""
        name_headings(value or [])
        return super().get_form_state(value)
