"""The blocks of a page's body, shared by every page type."""

from wagtail.blocks import StreamBlock

from .actions import ActionBlock, ProductMentionBlock
from .advice import CalloutBlock, DosAndDontsBlock, StepsBlock
from .pictures import FigureBlock, TwoFiguresBlock, VideoBlock
from .tables import TableBlock
from .text import HeadingBlock, KeyPointsBlock, ParagraphBlock, QuoteBlock


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
