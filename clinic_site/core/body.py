"""What a page works out about its body before it is shown."""

import re
from collections import Counter
from dataclasses import dataclass, field

from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from wagtail.blocks import StreamValue

from . import pictures
from .models import ClinicImage

WORDS_PER_MINUTE = 225
MARKER = re.compile(r"\[(\d{1,2})\]")
# Text between tags; a marker inside an attribute is not one.
BETWEEN_TAGS = re.compile(r"(<[^>]*>)")


@dataclass
class Section:
    """One block of the body; `anchor` is set for headings and unique on the page."""

    block: StreamValue.StreamChild
    anchor: str = ""


def sections(body: StreamValue) -> list[Section]:
    used: Counter[str] = Counter()
    found = []
    for block in body:
        anchor = ""
        if block.block_type == "heading":
            name = slugify(block.value["text"]) or "section"
            used[name] += 1
            anchor = name if used[name] == 1 else f"{name}-{used[name]}"
        found.append(Section(block, anchor))
    return found


def contents(found: list[Section]) -> list[dict[str, str]]:
    """Links to the sections, where there are three or more."""
    links = [
        {"anchor": section.anchor, "text": section.block.value["text"]}
        for section in found
        if section.anchor and section.block.value["level"] == "h2"
    ]
    return links if len(links) >= 3 else []


def prefetch_pictures(body: StreamValue, *others: ClinicImage | None) -> None:
    """One query for all sizes of the body's pictures and the others'."""
    figures = [block.value for block in body if block.block_type == "figure"]
    pictures.prefetch_for(*[figure["image"] for figure in figures], *others)


def word_count(body: StreamValue) -> int:
    texts = body.stream_block.get_searchable_content(body)
    return sum(len(strip_tags(str(text)).split()) for text in texts)


def reading_minutes(words: int) -> int:
    return max(1, round(words / WORDS_PER_MINUTE))


@dataclass
class SourceMarkers:
    """Turns "[2]" in the text into a link to the second source.

    Counts each use while the body is rendered, so that the list of sources
    below it can link back to every place.
    """

    count: int
    uses: Counter = field(default_factory=Counter)

    def link(self, html: str) -> SafeString:
        parts = BETWEEN_TAGS.split(html)
        parts[::2] = [MARKER.sub(self._link_one, part) for part in parts[::2]]
        # `html` is rich text that Wagtail has already cleaned.
        return mark_safe("".join(parts))  # noqa: S308

    def _link_one(self, match: re.Match) -> str:
        number = int(match[1])
        if not 1 <= number <= self.count:
            return match[0]
        self.uses[number] += 1
        return (
            f'<sup class="source-marker"><a href="#source-{number}" '
            f'id="use-{number}-{self.uses[number]}" '
            f'aria-label="Source {number}">[{number}]</a></sup>'
        )

    def back_links(self, number: int) -> list[str]:
        return [f"use-{number}-{use}" for use in range(1, self.uses[number] + 1)]
