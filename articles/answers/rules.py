"""What an answer must have before it goes live, in words for its editor.

Drafts may lack any of it. The editor's form, the check before a sign-off and the
gate that every way of publishing passes all ask the same question: `problems`.
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db.models import Manager, QuerySet
from wagtail.blocks import StreamValue
from wagtail.blocks.stream_block import StreamBlockValidationError
from wagtail.documents import get_document_model
from wagtail.models import Page
from wagtail.rich_text import RichText

from clinic_site.core import body
from clinic_site.core.models.pages import open_to_all
from clinic_site.core.publishing import Problem

from . import wording
from .citations import KEY, cited_ids, ids_in
from .sources import Source

if TYPE_CHECKING:
    from .models import AnswerPage

SHORT_ANSWER_MIN, SHORT_ANSWER_MAX = 40, 320
CLAIMS_EVIDENCE = ("strong", "mixed", "weak")
FILE_NAME = re.compile(
    r"\.(jpe?g|png|gif|webp|avif|heic|tiff?)\s*$|^(img|dsc|dscf|image|photo|scan)[\W_]*\d+$",
    re.IGNORECASE,
)
# Neither part runs past the next "<a": a text full of them takes no longer to read.
ANCHOR = re.compile(r"<a\b([^<>]*)>((?:(?!<a\b).)*?)</a>", re.IGNORECASE | re.DOTALL)
MARKER = "source"
# Where the markers of a page lead as readers, and who copies from there, have them.
COPIED_MARKER = re.compile(r"#source-\d+$")
ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')
ADDRESS = re.compile(
    r"^(https?://[^/\s]+\.[^/\s]+|mailto:\S+@\S+|tel:\S+)", re.IGNORECASE
)


def problems(page: "AnswerPage") -> list[Problem]:
    """Empty when this text may be published, sign-off apart."""
    return [
        *_short_answer(page),
        *_people_and_topic(page),
        *_sources(page),
        *_headings(page),
        *_alternative_texts(page),
        *_links(page),
        *_blocks(page),
        *wording.typed_numbers(page),
        *wording.empty_texts(page),
        *wording.odd_characters(page),
    ]


def _short_answer(page: "AnswerPage") -> Iterator[Problem]:
    length = len(wording.visible(page.short_answer))
    if length < SHORT_ANSWER_MIN:
        yield Problem(
            f"The short answer has {length} characters. Write at least "
            f"{SHORT_ANSWER_MIN}: readers in a hurry read nothing else.",
            "short_answer",
        )
    elif length > SHORT_ANSWER_MAX:
        yield Problem(
            f"The short answer has {length} characters. Shorten it to "
            f"{SHORT_ANSWER_MAX}; the rest belongs in the answer below.",
            "short_answer",
        )


def _people_and_topic(page: "AnswerPage") -> Iterator[Problem]:
    if not wording.visible(page.title):
        yield Problem("Give the answer a title.", "title")
    if not wording.visible(page.question):
        yield Problem("Say what was asked, in the asker's words.", "question")
    if not page.expert_id:
        yield Problem("Choose the expert who answers.", "expert")
    if not page.primary_topic_id:
        yield Problem(
            "Choose the main topic, so that readers find it.", "primary_topic"
        )
    if not page.evidence:
        yield Problem("Choose how well studies support the answer.", "evidence")
    if not page.body:
        yield Problem("Write the answer.", "body")


def _sources(page: "AnswerPage") -> Iterator[Problem]:
    ids = cited_ids(page.body)
    sources = Source.objects.in_bulk(ids)
    if missing := len(ids) - len(sources):
        yield Problem(
            "A source marker in the text points to a source that was deleted. Remove "
            "it or choose another source."
            if missing == 1
            else f"{missing} source markers in the text point to sources that were "
            "deleted. Remove them or choose other sources.",
            "body",
        )
    if page.evidence in CLAIMS_EVIDENCE and not sources:
        yield Problem(
            f"The rating says “{page.get_evidence_display().lower()}”, but the text "
            "cites no source. Cite at least one, or choose another rating.",
            "evidence",
        )
    for source in sources.values():
        if source.is_retracted() and not _warns_of(source, page.body):
            yield Problem(
                f"“{source.title}” was retracted. Remove its markers, or say what "
                "that means in a call-out of the kind “Take care” that cites it.",
                "body",
            )


def _warns_of(source: Source, text: StreamValue) -> bool:
    return any(
        block.block_type == "callout"
        and block.value["kind"] == "warning"
        and source.pk in ids_in(block.value["text"].source)
        for block in text
    )


def _headings(page: "AnswerPage") -> Iterator[Problem]:
    seen_section = False
    for place, block in enumerate(page.body):
        if block.block_type != "heading":
            continue
        if block.value["level"] == "h2":
            seen_section = True
        elif not seen_section:
            yield Problem(
                f"The heading “{block.value['text']}” is part of a section, but no "
                "section begins before it. Make it a section.",
                "body",
                place,
            )


def _alternative_texts(page: "AnswerPage") -> Iterator[Problem]:
    for place, block in enumerate(page.body):
        for image in body.pictures_in(block):
            if getattr(image, "decorative", False):
                continue
            text = getattr(image, "contextual_alt_text", None) or ""
            what = f"“{image.title}” in the text"
            yield from _alternative_text(text, what, "body", place)
    if page.picture:
        text = page.picture.description
        yield from _alternative_text(text, "The lead picture", "picture")


def _alternative_text(
    text: str, what: str, field: str, place: int | None = None
) -> Iterator[Problem]:
    if not wording.visible(text):
        yield Problem(
            f"{what} has no alternative text. Say what it shows to someone who "
            "cannot see it, or mark it as decorative.",
            field,
            place,
        )
    elif FILE_NAME.search(text.strip()):
        yield Problem(
            f"The alternative text of {what[0].lower() + what[1:]} is a file name "
            f"({text}). Say what the picture shows.",
            field,
            place,
        )


def _links(page: "AnswerPage") -> Iterator[Problem]:
    anchors = {f"#{section.anchor}" for section in body.sections(page.body)}
    linked: dict[str, dict[int, tuple[str, int]]] = {"page": {}, "document": {}}
    for words, place, found in _links_in(page.body):
        kind, address = found.get("linktype"), found.get("href", "")
        if kind == MARKER:
            continue  # asked for among the sources
        if not words:
            yield Problem("A link has no words. Remove it.", "body", place)
        elif kind in linked and KEY.match(found.get("id", "")):
            linked[kind][int(found["id"])] = words, place
        elif COPIED_MARKER.search(address):
            yield _copied_from_a_live_page(words, place)
        elif kind or address not in anchors and not ADDRESS.match(address):
            yield _leads_nowhere(words, place)
    documents = get_document_model().objects
    for pk in _missing(linked["page"], open_to_all(Page.objects)):
        yield _leads_nowhere(*linked["page"][pk])
    for pk in _missing(linked["document"], documents):
        yield _leads_nowhere(*linked["document"][pk])


def _links_in(text: StreamValue) -> Iterator[tuple[str, int, dict[str, str]]]:
    """The words of each link, the place of its block, and its attributes."""
    for place, block in enumerate(text):
        for leaf in body.leaves(block):
            links = ANCHOR.findall(leaf.source) if isinstance(leaf, RichText) else []
            for attributes, words in links:
                seen = wording.visible(wording.plain(words))
                yield seen, place, dict(ATTRIBUTE.findall(attributes))


def _missing(linked: dict[int, object], objects: Manager | QuerySet) -> set[int]:
    if not linked:
        return set()
    return linked.keys() - set(
        objects.filter(pk__in=linked).values_list("pk", flat=True)
    )


def _leads_nowhere(words: str, place: int) -> Problem:
    return Problem(
        f"The link “{words}” leads nowhere: what it points to is gone or not for "
        "everybody, or its address is incomplete. Choose another target or remove "
        "the link.",
        "body",
        place,
    )


def _copied_from_a_live_page(words: str, place: int) -> Problem:
    return Problem(
        f"The link “{words}” was copied from a published page and leads to the "
        "sources of that page. Put a source marker in its place.",
        "body",
        place,
    )


def _blocks(page: "AnswerPage") -> Iterator[Problem]:
    """What the editor's form asks of each block; a text may come another way."""
    if not page.body:
        return  # said already, and in better words
    stream_block = page.body.stream_block
    try:
        stream_block.clean(page.body)
    except StreamBlockValidationError as error:
        for index, problem in sorted((error.block_errors or {}).items()):
            label = page.body[index].block.label
            words = f"Block {index + 1} ({label}): {_words(problem)}"
            yield Problem(words, "body", index)
        for problem in error.non_block_errors:
            yield Problem(_words(problem), "body")


def _words(error: object) -> str:
    """The messages of an error, however deep the block it belongs to."""
    if isinstance(error, ValidationError) and hasattr(error, "as_json_data"):
        error = error.as_json_data()
    if isinstance(error, ValidationError):
        return " ".join(error.messages)
    if isinstance(error, dict):
        return " ".join(_named(name, _words(item)) for name, item in error.items())
    if isinstance(error, list | tuple):
        return " ".join(filter(None, map(_words, error)))
    return str(error)


def _named(name: object, words: str) -> str:
    """With the field it is about, where that has a name of its own."""
    if not isinstance(name, str) or name in ("messages", "blockErrors"):
        return words
    return f"{name.replace('_', ' ').capitalize()}: {words}"
