"""What readers are told about how an answer changed."""

from django.utils import timezone
from wagtail import blocks


class ChangeBlock(blocks.StructBlock):
    changed_on = blocks.DateBlock(label="Date", default=timezone.localdate)
    what = blocks.CharBlock(max_length=255, label="What changed")
    why = blocks.CharBlock(max_length=255, label="Why")

    class Meta:
        icon = "history"
        label = "Change"


class ChangesBlock(blocks.StreamBlock):
    """The newest first."""

    change = ChangeBlock()
