"""The blocks of an answer: those of every page, with sources wherever a claim is made.

Sources and answers are named by strings here: their models import this module.
The order of a block's fields is the order in which its sources are numbered.
"""

from typing import TYPE_CHECKING

from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock

from clinic_site.core import preload
from clinic_site.core.blocks import BodyBlock, actions, advice, tables, text

if TYPE_CHECKING:
    from .models import AnswerPage

# Feature of the rich text editor that puts a source marker into the text.
SOURCE = "source"
SOURCED_INLINE = [*text.INLINE_FEATURES, SOURCE]
SOURCED_PLAIN = [*text.PLAIN_FEATURES, SOURCE]
SOURCED_TEXT = [*text.TEXT_FEATURES, SOURCE]


class AnswerKeyPointsBlock(text.KeyPointsBlock):
    points = blocks.ListBlock(
        blocks.RichTextBlock(features=SOURCED_INLINE, label="Point"), min_num=1
    )


class SourceChooserBlock(preload.PreloadedBlock, SnippetChooserBlock):
    pass


class SourcedQuoteBlock(text.QuoteBlock):
    source = SourceChooserBlock("articles.Source", required=False)


class AnswerCellsBlock(tables.CellsBlock):
    rich_text = blocks.RichTextBlock(
        required=False,
        features=SOURCED_PLAIN,
        label="Text with links, lists and sources",
    )


class AnswerTableBlock(tables.TableBlock):
    table = AnswerCellsBlock()


class AnswerCalloutBlock(advice.CalloutBlock):
    text = blocks.RichTextBlock(features=SOURCED_PLAIN)


class AnswerDosAndDontsBlock(advice.DosAndDontsBlock):
    do = blocks.ListBlock(
        blocks.RichTextBlock(features=SOURCED_INLINE, label="Do"), default=[]
    )
    dont = blocks.ListBlock(
        blocks.RichTextBlock(features=SOURCED_INLINE, label="Don’t"),
        default=[],
        label="Don’t",
    )


class AnswerStepBlock(advice.StepBlock):
    text = blocks.RichTextBlock(features=SOURCED_PLAIN, required=False)


class AnswerStepsBlock(advice.StepsBlock):
    steps = blocks.ListBlock(AnswerStepBlock(label="Step"), min_num=1)


class AnswerProductMentionBlock(actions.ProductMentionBlock):
    text = blocks.RichTextBlock(features=SOURCED_PLAIN)


class StudyBlock(blocks.StructBlock):
    source = SourceChooserBlock("articles.Source")
    finding = blocks.RichTextBlock(features=SOURCED_PLAIN, label="What it found")
    limits = blocks.RichTextBlock(
        features=SOURCED_PLAIN,
        help_text="How many people, how long, who paid, what it cannot tell.",
    )

    class Meta:
        icon = "glasses"
        group = "Evidence"
        template = "blocks/study.html"
        description = "One study: what it found, and how far that can be trusted."

    def get_preview_value(self):
        return self.normalize(
            {
                "source": self.child_blocks["source"].model_class.objects.first(),
                "finding": "<p>After six months the treated side had more hairs.</p>",
                "limits": "<p>Twenty-two men, no comparison with a placebo.</p>",
            }
        )


class AnswerChooserBlock(preload.PreloadedBlock, blocks.PageChooserBlock):
    def open_answer(self, answer: "AnswerPage | None") -> "AnswerPage | None":
        """The answer as readers may see it; None while not all of them may."""
        if answer and not hasattr(answer, "is_open"):  # just chosen, not yet stored
            answer = preload.many(self.model_class, [answer.pk]).get(answer.pk)
        return answer if answer and answer.is_open else None


class RelatedAnswerBlock(blocks.StructBlock):
    page = AnswerChooserBlock(page_type="articles.AnswerPage", label="Answer")
    note = blocks.CharBlock(
        max_length=255, required=False, help_text="Why it is worth reading."
    )

    class Meta:
        icon = "doc-full"
        group = "Actions"
        label = "Related answer"
        template = "blocks/related_answer.html"
        description = (
            "A link to another answer with its short answer. Hidden from readers "
            "while that answer is not published."
        )

    def get_context(self, value, parent_context=None) -> dict:
        context = super().get_context(value, parent_context)
        context["answer"] = self.child_blocks["page"].open_answer(value["page"])
        return context

    def get_preview_value(self):
        answers = self.child_blocks["page"].model_class.objects
        return self.normalize(
            {
                "page": answers.published().first(),
                "note": "The same question, asked about children.",
            }
        )


class AnswerBody(BodyBlock):
    paragraph = text.ParagraphBlock(features=SOURCED_TEXT)
    key_points = AnswerKeyPointsBlock()
    quote = SourcedQuoteBlock()
    table = AnswerTableBlock()
    study = StudyBlock()
    callout = AnswerCalloutBlock(label="Call-out")
    dos_and_donts = AnswerDosAndDontsBlock(label="Do and don’t")
    steps = AnswerStepsBlock()
    product_mention = AnswerProductMentionBlock()
    related_answer = RelatedAnswerBlock()
