"""A whole answer as an editor has it in hand before typing it.

The real page that this site must be able to hold lies beside the project on the
machine where it is built, and belongs to a clinic: its text is read there, never
kept here. Elsewhere the demo's own answer on the same question is typed.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from clinic_site.pages.demo.articles.treatments_injections import INJECTIONS
from clinic_site.pages.demo.sources import SOURCES
from tests.factories.core import jpeg

SEED = Path(__file__).parents[2].parent / "shared/seed"
PAGE = SEED / "mesotherapy-page.txt"
UPLOADS = SEED / "uploads/2018/01"
PIECES = re.compile(r"(\[\d+\])")


@dataclass(frozen=True)
class TypedSource:
    """`known_as` is how the demo's catalogue names it: editors search before adding."""

    known_as: str
    doi: str


@dataclass(frozen=True)
class TypedText:
    question: str
    asker_name: str
    paragraphs: list[str]  # "[2]" where the second source is cited
    promotion: str
    sources: list[TypedSource]
    pictures: list[tuple[str, bytes]]  # name and contents


def pieces(paragraph: str) -> Iterator[str | int]:
    """What is typed, and the numbers of the sources between."""
    for piece in PIECES.split(paragraph):
        if PIECES.fullmatch(piece):
            yield int(piece[1:-1])
        elif piece:
            yield piece


def text_at_hand() -> TypedText:
    return real_page(PAGE.read_text()) if PAGE.is_file() else demo_page()


def real_page(text: str) -> TypedText:
    text = text.replace("\xa0", " ")
    answer = text[text.index("Answer: ") + 8 : text.index("\n* Source:")]
    # Asterisks are its footnotes: one, two and three of them.
    for stars in (3, 2, 1):
        answer = answer.replace("*" * stars, f"[{stars}]")
    paragraphs = [line.strip() for line in answer.splitlines() if line.strip()]
    found = re.findall(r"^\*+ Source: [^;]+; .* DOI:\s*(\S+)$", text, re.M)
    by_doi = {source.doi: source.title for source in SOURCES.values() if source.doi}
    return TypedText(
        question=re.search(r"Question: (.*)", text)[1],
        asker_name=re.search(r"Name: (.*)", text)[1],
        paragraphs=[line for line in paragraphs if "premium food" not in line],
        promotion=next(line for line in paragraphs if "premium food" in line),
        sources=[TypedSource(by_doi[doi], doi) for doi in found],
        pictures=[
            (name, (UPLOADS / name).read_bytes())
            for name in ("injection-syringe.jpg", "supplements.jpg")
        ],
    )


def demo_page() -> TypedText:
    article = INJECTIONS[0]
    texts = [value for kind, value in article.body if kind == "paragraph"]
    texts += [
        f"{value['finding']} [{value['source']}]"
        for kind, value in article.body
        if kind == "study"
    ]
    cited = [SOURCES[key] for key in article.sources]
    with_doi = [place for place, source in enumerate(cited) if source.doi][:3]
    numbers = {str(place + 1): f"[{n}]" for n, place in enumerate(with_doi, start=1)}
    return TypedText(
        question=article.question,
        asker_name=article.asker_name,
        paragraphs=[
            PIECES.sub(
                lambda match: numbers.get(match[0][1:-1], ""),
                re.sub(r"<[^>]+>", "", text),
            )
            for text in texts
        ],
        promotion="Our pharmacies also sell food supplements for hair.",
        sources=[TypedSource(cited[at].title, cited[at].doi) for at in with_doi],
        pictures=[
            ("syringe.jpg", jpeg((1600, 1000), "navy")),
            ("bottles.jpg", jpeg((1600, 1000), "olive")),
        ],
    )
