"""What a page works out about its body before it is shown."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from django.utils.html import strip_tags
from django.utils.safestring import SafeString
from wagtail.blocks import BoundBlock, StreamValue, StructValue
from wagtail.blocks.list_block import ListValue
from wagtail.contrib.typed_table_block.blocks import TypedTable
from wagtail.rich_text import RichText

from .blocks.headings import name_headings
from .models import ClinicImage
from .rich_text import to_html

WORDS_PER_MINUTE = 225
# In front of every heading's anchor: no id in a template begins with it.
ANCHOR_PREFIX = "section-"
CONTENTS_FROM = 3


@dataclass
class Section:
    """One block of the body; `anchor` is set for headings and unique on the page."""

    block: StreamValue.StreamChild
    anchor: str = ""
    has_first_picture: bool = False


def leaves(value: object) -> Iterator[object]:
    """The innermost values of a body in the order in which they are read."""
    if isinstance(value, BoundBlock):
        yield from leaves(value.value)
    elif isinstance(value, StructValue):
        for item in value.values():
            yield from leaves(item)
    elif isinstance(value, StreamValue):
        for block in value:
            yield from leaves(block)
    elif isinstance(value, ListValue):
        for item in value.bound_blocks:
            yield from leaves(item)
    elif isinstance(value, TypedTable):
        for row in value.row_data:
            for cell in row["values"]:
                yield from leaves(cell)
    else:
        yield value


def pictures_in(value: object) -> list[ClinicImage]:
    return [leaf for leaf in leaves(value) if isinstance(leaf, ClinicImage)]


def sections(body: StreamValue, *, lead_picture: object = None) -> list[Section]:
    """With a lead picture above it, none of the body's is the page's first."""
    name_headings(body)
    seen_picture = bool(lead_picture)
    found = []
    for block in body:
        section = Section(block)
        if block.block_type == "heading":
            section.anchor = ANCHOR_PREFIX + block.value["anchor"]
        elif not seen_picture and pictures_in(block):
            section.has_first_picture = seen_picture = True
        found.append(section)
    return found


def contents(found: list[Section]) -> list[dict[str, str]]:
    """Links to the sections, where there are enough to get lost in."""
    links = [
        {"anchor": section.anchor, "text": section.block.value["text"]}
        for section in found
        if section.anchor and section.block.value["level"] == "h2"
    ]
    return links if len(links) >= CONTENTS_FROM else []


class Markers(Protocol):
    """Turns a text's marks into links; only what numbers them knows what they are."""

    def link(self, text: RichText) -> str: ...


class Texts:
    """The HTML of a body's rich texts, worked out before any of them is shown.

    Found by the identity of the text: the same words at two places may hold markers
    with ids of their own.
    """

    def __init__(self, body: StreamValue, markers: Markers | None = None) -> None:
        self._html = {
            id(text): (text, to_html(markers.link(text) if markers else text.source))
            for text in leaves(body)
            if isinstance(text, RichText)
        }

    def html(self, text: object) -> SafeString | None:
        _text, html = self._html.get(id(text), (None, None))
        return html


def word_count(body: StreamValue) -> int:
    texts = body.stream_block.get_searchable_content(body)
    return sum(len(strip_tags(str(text)).split()) for text in texts)


def reading_minutes(words: int) -> int:
    return max(1, round(words / WORDS_PER_MINUTE))
