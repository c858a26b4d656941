"""Which sources an answer cites, where, and under which numbers."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from django.db import models, transaction
from django.utils.safestring import SafeString, mark_safe
from wagtail.blocks import RichTextBlock, StreamValue
from wagtail.rich_text import RichText

from clinic_site.core import preload
from clinic_site.core.body import leaves

from .sources import Source

# As rich text is stored: <a id="12" linktype="source">[Rinaldi 2017]</a>; and as its
# link handler writes it out: <a data-source="12">[Rinaldi 2017]</a>.
# Neither an anchor nor a marker runs past the next "<a": a text full of them takes
# no longer to read.
ANCHOR = re.compile(
    r"<a\b[^<>]*\b(?:linktype=\"source\"|data-source=\"\d+\")[^<>]*>", re.IGNORECASE
)
KEY = re.compile(r"\d{1,18}$", re.ASCII)
# No longer than what a database takes as a key.
ANCHOR_ID = re.compile(r"\b(?:id|data-source)=\"(\d{1,18})\"", re.IGNORECASE)
MARKER = rf"{ANCHOR.pattern}(?:(?!<a\b).)*?</a>"
# All of them or none, for the same reason.
BLANKS = r"(?:\s|&nbsp;)*+"
# Markers side by side are one superscript with a link for each.
MARKERS = re.compile(
    rf"(?<!\s)(?<!&nbsp;)(?P<space>{BLANKS}){MARKER}(?:{BLANKS}{MARKER})*",
    re.IGNORECASE | re.DOTALL,
)
NARROW_SPACE = "\u202f"


class Citation(models.Model):
    """That the text of a page cites a source; rebuilt whenever the page is saved."""

    page = models.ForeignKey(
        "articles.AnswerPage", on_delete=models.CASCADE, related_name="citations"
    )
    source = models.ForeignKey(
        Source, on_delete=models.CASCADE, related_name="citations"
    )
    number = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["page", "source"], name="source_once_per_answer"
            )
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.source}"


class SourceUse(models.Model):
    """That a text of a page rests on a source, which is kept for that.

    The live text, the newest draft or one that waits for its time; rebuilt whenever
    the page or a revision of it is saved.
    """

    page = models.ForeignKey(
        "articles.AnswerPage", on_delete=models.CASCADE, related_name="source_uses"
    )
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="uses")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["page", "source"], name="source_kept_once_per_answer"
            )
        ]

    def __str__(self) -> str:
        return f"{self.source} in {self.page}"


def texts_and_sources(value: object) -> Iterator[RichText | Source]:
    """Everything in a body that can cite, in the order a reader meets it."""
    return (leaf for leaf in leaves(value) if isinstance(leaf, RichText | Source))


def ids_in(html: str) -> list[int]:
    """Of the sources that the markers in a rich text name, in their order.

    0, which no source has, for a marker that names none: a rule tells the editor.
    """
    found = (ANCHOR_ID.search(anchor) for anchor in ANCHOR.findall(html))
    return [int(match[1]) if match else 0 for match in found]


def cited_ids(body: StreamValue) -> list[int]:
    """Ids of the sources in the order of their first use, each once.

    Also ids of sources that are gone: a rule tells the editor.
    """
    found: dict[int, None] = {}
    for item in texts_and_sources(body):
        ids = [item.pk] if isinstance(item, Source) else ids_in(item.source)
        found.update(dict.fromkeys(ids))
    return list(found)


class SourceMarkers:
    """The markers of a whole page, numbered before any block is rendered.

    `sources` are the page's, in the order of their numbers. What is asked for later
    is found by its identity: each use has an id of its own to come back to.
    """

    def __init__(self, body: StreamValue, sources: Iterable[Source]) -> None:
        self._numbers = {
            source.pk: number for number, source in enumerate(sources, start=1)
        }
        self._uses: Counter[int] = Counter()
        self._written: dict[int, tuple[RichText | Source, str]] = {}
        for item in texts_and_sources(body):
            if id(item) not in self._written:
                self._written[id(item)] = (item, self._write(item))

    def link(self, text: RichText) -> str:
        """A rich text of the body, its markers replaced by links to the sources."""
        _text, html = self._written.get(id(text), (text, text.source))
        return html

    def one(self, source: Source) -> SafeString:
        """The marker of a source that a block names by itself."""
        _source, html = self._written.get(id(source), (source, ""))
        # Built here from numbers only.
        return mark_safe(html)  # noqa: S308

    def back_links(self, number: int) -> list[str]:
        """The ids of every place where a source is used."""
        return [use_id(number, use) for use in range(1, self._uses[number] + 1)]

    def _write(self, item: RichText | Source) -> str:
        if isinstance(item, Source):
            return self._superscript([item.pk])
        return MARKERS.sub(self._in_text, item.source)

    def _in_text(self, found: re.Match) -> str:
        """Close to the word before it: no line begins with a marker."""
        marker = self._superscript(ids_in(found[0]))
        return NARROW_SPACE + marker if marker and found["space"] else marker

    def _superscript(self, ids: Iterable[int]) -> str:
        """Links to these sources, each once; nothing for those that are gone."""
        numbers = dict.fromkeys(self._numbers[pk] for pk in ids if pk in self._numbers)
        links = NARROW_SPACE.join(self._one_link(number) for number in numbers)
        return f'<sup class="source-marker">{links}</sup>' if links else ""

    def _one_link(self, number: int) -> str:
        self._uses[number] += 1
        return (
            f'<a href="#source-{number}" id="{use_id(number, self._uses[number])}" '
            f'aria-label="Source {number}">[{number}]</a>'
        )


def use_id(number: int, use: int) -> str:
    return f"use-{number}-{use}"


@transaction.atomic
def store(page: models.Model) -> None:
    """Note which sources the saved text of a page cites."""
    ids = cited_ids(page.body)
    known = set(Source.objects.filter(pk__in=ids).values_list("pk", flat=True))
    wanted = [pk for pk in ids if pk in known]
    stored = list(page.citations.order_by("number").values_list("source_id", flat=True))
    if stored != wanted:
        page.citations.all().delete()
        Citation.objects.bulk_create(
            Citation(page=page, source_id=pk, number=number)
            for number, pk in enumerate(wanted, start=1)
        )
    keep_sources(page)


@transaction.atomic
def keep_sources(page: models.Model) -> None:
    """Note which sources may not be deleted, for the sake of this page."""
    revisions = page.revisions.filter(
        models.Q(pk=page.latest_revision_id)
        | models.Q(approved_go_live_at__isnull=False)
    )
    wanted = set()
    if page.live or not page.latest_revision_id:
        wanted.update(page.citations.values_list("source_id", flat=True))
    field = page._meta.get_field("body")
    for revision in revisions:
        wanted.update(stored_ids(field.to_python(revision.content["body"])))
    stored = set(page.source_uses.values_list("source_id", flat=True))
    if wanted == stored:
        return
    page.source_uses.exclude(source__in=wanted).delete()
    new = Source.objects.filter(pk__in=wanted - stored).values_list("pk", flat=True)
    SourceUse.objects.bulk_create(
        (SourceUse(page=page, source_id=pk) for pk in new),
        ignore_conflicts=True,  # an autosave elsewhere may note the same
    )


def stored_ids(body: StreamValue) -> Iterator[int]:
    """As `cited_ids`, in any order, without a query for what the blocks name."""
    for block, raw in preload.stored_in(body):
        if isinstance(block, RichTextBlock):
            yield from ids_in(raw)
        elif getattr(block, "model_class", None) is Source:
            yield preload.key_of(Source, raw) or 0
