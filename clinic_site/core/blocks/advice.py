"""Blocks that tell a reader what to do."""

from django.core.exceptions import ValidationError
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from .text import INLINE_FEATURES, PLAIN_FEATURES

CALLOUT_KINDS = [
    ("note", "Good to know"),
    ("warning", "Take care"),
    ("doctor", "See a doctor now"),
]


class CalloutValue(blocks.StructValue):
    def kind_in_words(self) -> str:
        return dict(CALLOUT_KINDS).get(self["kind"], "")


class CalloutBlock(blocks.StructBlock):
    kind = blocks.ChoiceBlock(choices=CALLOUT_KINDS, default="note")
    title = blocks.CharBlock(max_length=120)
    text = blocks.RichTextBlock(features=PLAIN_FEATURES)

    class Meta:
        icon = "warning"
        group = "Advice"
        template = "blocks/callout.html"
        value_class = CalloutValue
        description = (
            "What a hurried reader must not miss: a note, a warning or a reason to "
            "see a doctor now."
        )
        preview_value = {
            "kind": "doctor",
            "title": "Your scalp is painful, red or weeping",
            "text": (
                "<p>Phone your GP or 111 today. Some causes scar, and an early "
                "start saves hair.</p>"
            ),
        }


class DosAndDontsBlock(blocks.StructBlock):
    do = blocks.ListBlock(
        blocks.RichTextBlock(features=INLINE_FEATURES, label="Do"), default=[]
    )
    dont = blocks.ListBlock(
        blocks.RichTextBlock(features=INLINE_FEATURES, label="Don’t"),
        default=[],
        label="Don’t",
    )

    class Meta:
        icon = "circle-check"
        group = "Advice"
        template = "blocks/dos_and_donts.html"
        description = "What helps and what harms, in two short lists."
        preview_value = {
            "do": [
                "<p>wash your hair as often as you like</p>",
                "<p>take a photo of your parting each month</p>",
            ],
            "dont": ["<p>stop a medicine without asking who prescribed it</p>"],
        }

    def clean(self, value):
        value = super().clean(value)
        if not (value["do"] or value["dont"] or self.is_deferred_validation):
            raise StructBlockValidationError(
                non_block_errors=[ValidationError("Add something to one of the lists.")]
            )
        return value


class StepBlock(blocks.StructBlock):
    title = blocks.CharBlock(max_length=120)
    text = blocks.RichTextBlock(features=PLAIN_FEATURES, required=False)


class StepsBlock(blocks.StructBlock):
    title = blocks.CharBlock(max_length=120, required=False)
    steps = blocks.ListBlock(StepBlock(label="Step"), min_num=1)

    class Meta:
        icon = "list-ol"
        group = "Advice"
        template = "blocks/steps.html"
        description = "What happens or what to do, one thing after the other."
        preview_value = {
            "title": "What happens at a first visit",
            "steps": [
                {
                    "title": "We listen",
                    "text": "<p>When it began, what you have tried.</p>",
                },
                {
                    "title": "We look",
                    "text": "<p>At your scalp, with a small camera.</p>",
                },
                {"title": "We write down what we found", "text": ""},
            ],
        }
