"""Headings, and the addresses that readers share of the sections they begin."""

from django.utils.text import slugify
from wagtail import blocks

ANCHOR_MAX = 60


class HeadingBlock(blocks.StructBlock):
    text = blocks.CharBlock(max_length=120, label="Heading")
    level = blocks.ChoiceBlock(
        choices=[("h2", "Section"), ("h3", "Part of a section")],
        default="h2",
        search_index=False,
    )
    anchor = blocks.CharBlock(
        max_length=ANCHOR_MAX,
        required=False,
        search_index=False,
        label="Address of this section",
        help_text=(
            "The end of a link to this section: …#section-this. Filled in when you "
            "save. It stays the same when you reword the heading, so that old links go "
            "on working; clear it to have it made anew."
        ),
    )

    class Meta:
        icon = "title"
        group = "Text"
        template = "blocks/heading.html"
        description = "Begins a section; long pages list their sections on top."
        preview_value = {"text": "What the evidence says", "level": "h2"}
        form_layout = blocks.BlockGroup(children=["text", "level"], settings=["anchor"])


def name_headings(body: blocks.StreamValue) -> None:
    """Give an anchor to each heading that has none, and one of its own to a copy.

    Those with one keep it, wherever in the text they are.
    """
    headings = [block.value for block in body if block.block_type == "heading"]
    taken: set[str] = set()
    nameless = []
    for heading in headings:
        anchor = slugify(heading.get("anchor") or "")[:ANCHOR_MAX]
        if anchor and anchor not in taken:
            heading["anchor"] = anchor
            taken.add(anchor)
        else:
            nameless.append(heading)
    for heading in nameless:
        heading["anchor"] = _unused(slugify(heading["text"] or "") or "untitled", taken)
        taken.add(heading["anchor"])


def _unused(name: str, taken: set[str]) -> str:
    anchor, number = name[:ANCHOR_MAX], 1
    while anchor in taken:
        number += 1
        ending = f"-{number}"
        anchor = name[: ANCHOR_MAX - len(ending)] + ending
    return anchor
