"""Words that are there to be read, and characters that only look like it."""

import html
import re
import unicodedata
from collections.abc import Iterator
from typing import TYPE_CHECKING

from wagtail.blocks import BoundBlock, StructValue
from wagtail.blocks.list_block import ListValue
from wagtail.rich_text import RichText

from clinic_site.core.body import leaves
from clinic_site.core.publishing import Problem

if TYPE_CHECKING:
    from .models import AnswerPage

# Control characters but for tabs and line ends, halves of characters, those that
# turn the order of a text around, and those that mean something in one font only.
ODD = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069"
    "\ud800-\udfff\ue000-\uf8ff\ufff9-\ufffb\ufffe\uffff]"
)
BLANK = "\u2800\u3164\uffa0\u115f\u1160"  # letters by name that show nothing
PLAIN_FIELDS = (
    "title",
    "seo_title",
    "search_description",
    "question",
    "asker_name",
    "asker_place",
    "short_answer",
    "evidence_note",
    "questions_to_ask",
)
TAG = re.compile(r"<[^<>]*>")
NUMBER = re.compile(r"\[\d{1,3}\]")
BEFORE = 20  # characters shown of what comes before an odd one


def visible(text: str) -> str:
    """A text without what no reader can see, such as spaces of no width."""
    seen = (
        character
        for character in text
        if character not in BLANK
        and (unicodedata.category(character)[0] != "C" or character in "\n\t")
    )
    return "".join(seen).strip()


def plain(source: str) -> str:
    """The words of a rich text. Whatever is stored as one, Django's might refuse it."""
    return html.unescape(TAG.sub("", source))


def odd_characters(page: "AnswerPage") -> Iterator[Problem]:
    """Each can break the page, or show readers another text than was signed."""
    for name in PLAIN_FIELDS:
        yield from _odd(getattr(page, name), name)
    for place, block in enumerate(page.body):
        yield from _odd_in(block, "body", place)
    for place, change in enumerate(page.changes):
        yield from _odd_in(change, "changes", place)


def _odd_in(block: BoundBlock, field: str, place: int) -> Iterator[Problem]:
    for leaf in leaves(block):
        text = leaf.source if isinstance(leaf, RichText) else leaf
        if isinstance(text, str):
            yield from _odd(text, field, place)


def _odd(text: str, field: str, place: int | None = None) -> Iterator[Problem]:
    if found := ODD.search(text):
        before = visible(ODD.sub("", plain(text[: found.start()])))[-BEFORE:]
        where = f"after “{before}”" if before else "at the beginning"
        yield Problem(
            f"A character that cannot be read (U+{ord(found[0]):04X}) stands {where}. "
            "Delete what is there and type it anew.",
            field,
            place,
        )


def typed_numbers(page: "AnswerPage") -> Iterator[Problem]:
    """Numbers of sources written by hand, or pasted: they do not move with the text."""
    for place, block in enumerate(page.body):
        for leaf in leaves(block):
            if isinstance(leaf, RichText) and (found := NUMBER.search(leaf.source)):
                yield Problem(
                    f"“{found[0]}” is typed by hand and would look like a source. Put "
                    "the source in with the Source button, or write it another way.",
                    "body",
                    place,
                )


def empty_texts(page: "AnswerPage") -> Iterator[Problem]:
    """What is filled in with nothing but spaces or an empty paragraph."""
    for place, block in enumerate(page.body):
        for part in _parts(block):
            if part.block.required and _says_nothing(part.value):
                yield Problem(
                    f"Block {place + 1} ({block.block.label}): “{part.block.label}” "
                    "is empty. Write something, or remove it.",
                    "body",
                    place,
                )


def _parts(bound: BoundBlock) -> Iterator[BoundBlock]:
    """The innermost blocks of one. A table may have empty cells."""
    if isinstance(bound.value, StructValue):
        inner = bound.value.bound_blocks.values()
    elif isinstance(bound.value, ListValue):
        inner = bound.value.bound_blocks
    else:
        yield bound
        return
    for part in inner:
        yield from _parts(part)


def _says_nothing(value: object) -> bool:
    """Whether it holds something that is no word. Blocks refuse what holds nothing."""
    text = value.source if isinstance(value, RichText) else value
    if not isinstance(text, str) or not text.strip():
        return False
    return not visible(plain(text))
