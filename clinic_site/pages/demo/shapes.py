"""Shapes of the demo content: plain data, no Django.

``body`` holds (block type, value) pairs: heading -> text; paragraph -> HTML (p, b, i,
a, ul, ol, li); figure -> picture, alt, caption; quote -> text, attribution; callout ->
kind (note, warning, doctor), title, text; product_mention -> text. ``[1]`` in a
paragraph points at the first key in ``sources``, ``[2]`` at the second, and so on.
"""

from dataclasses import dataclass
from datetime import date

Body = tuple[tuple[str, object], ...]


@dataclass(frozen=True)
class Source:
    key: str
    kind: str  # as in articles.Source, like study_type and population
    title: str
    authors: str
    container: str
    year: int | None = None  # living web pages have none
    doi: str = ""
    pmid: str = ""
    url: str = ""
    study_type: str = ""
    population: str = ""


@dataclass(frozen=True)
class Topic:
    slug: str
    title: str
    introduction: str
    picture: str


@dataclass(frozen=True)
class Person:
    slug: str
    name: str
    post_nominals: str
    role: str
    register: str
    register_number: str
    biography: str
    picture: str


@dataclass(frozen=True)
class Branch:
    slug: str
    name: str
    address: str  # several lines
    postcode: str
    phone: str
    opening_times: str  # several lines
    pharmacy_register: str
    directions: str
    picture: str


@dataclass(frozen=True)
class StandardPage:
    slug: str
    title: str
    introduction: str
    body: Body


@dataclass(frozen=True)
class Change:
    changed_on: date
    what: str
    why: str


@dataclass(frozen=True)
class Article:
    slug: str
    title: str
    question: str
    asker_name: str
    asker_place: str
    asked_on: date
    short_answer: str
    topic: str
    other_topics: tuple[str, ...]
    expert: str
    reviewer: str
    evidence: str  # "strong", "mixed", "weak", "none" or "not_applicable"
    evidence_note: str
    published_on: date
    reviewed_on: date
    reviewed_what: str
    body: Body
    sources: tuple[str, ...]  # keys, in the order of their numbers
    related: tuple[str, ...]  # slugs
    picture: str
    search_description: str
    changes: tuple[Change, ...] = ()
    questions_to_ask: tuple[str, ...] = ()
