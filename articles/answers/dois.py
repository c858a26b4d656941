"""A DOI out of whatever somebody pasted, and the address it resolves at."""

import re
import unicodedata
from urllib.parse import quote, unquote

from django.core.exceptions import ValidationError

# Of a registrant, which may have divisions: 10.1000.10/123.
BEGINNING = r"10\.\d{4,9}(?:\.\d+)*/"
# The registrant's part after the slash may be nearly anything.
DOI = re.compile(rf"^{BEGINNING}\S+$")
# The patterns Crossref recommends: they match nearly every DOI it ever registered.
USUAL = re.compile(
    r"^10\.\d{4,9}/[-._;()/:a-z0-9]+$|^10\.1002/\S+$"
    r"|^10\.\d{4}/\d+-\d+x?\(\d+\)\d+<\w+:\w*>\d+\.\d+\.\w+;\d$"
    r"|^10\.1207/\w+&\d+_\d+$"
)
RESOLVER = r"(?:https?:/*)?(?:www\.)?(?:dx\.)?doi\.org[\s/]+"
LABEL = r"(?:(?:info|urn)\s*:\s*)?doi[\s:=/.]*"
OPENING = "\"'“‘«<([{"
PREFIX = re.compile(
    rf"^(?:{RESOLVER}|{LABEL}|[\s{re.escape(OPENING)}])*", re.IGNORECASE
)
ADDRESS = re.compile(r"^(?:https?:/|www\.|[\w-]+(?:\.[\w-]+)+/)", re.IGNORECASE)
ENCODED = re.compile(r"^(?:10\.\d{4,9}|https?%3a.*)%2f", re.IGNORECASE)
# In the middle of a reference, the nearest thing to it that can be a DOI.
IN_REFERENCE = re.compile(
    rf"\b(?:doi\.org[\s/]+|doi[\s:=]+)(?={BEGINNING})(\S+)", re.IGNORECASE
)
ANOTHER = re.compile(rf"[\s,;|]{BEGINNING}")
# What reference lists print after a DOI, or the address of a link in Markdown.
NEXT_THING = re.compile(
    r"\]\(http.*|\s+\(?(?:doi|https?:|pmid|pmcid|e-?pub|available|accessed|cited|version)\b.*",
    re.IGNORECASE,
)
# What publishers' addresses carry behind it.
VIEW = re.compile(
    r"/(?:full|fulltext|abstract|abs|e?pdf|epub|html|meta|references|citations|figures?"
    r"|tables?|summary|information|metrics|download|suppl|suppinfo|pdfdirect)"
    r"(?:/.*)?$|\.(?:full|abstract|pdf|epub|html?)$",
    re.IGNORECASE,
)
# Typed with an East Asian keyboard, or made pretty by a word processor.
PLAIN = str.maketrans(
    {chr(code + 0xFEE0): chr(code) for code in range(ord("!"), ord("~") + 1)}
    | dict.fromkeys("\u2010\u2011\u2012\u2013\u2212", "-")
    | dict.fromkeys("\u2044\u2215", "/")
)
# As BibTeX and XML write them.
ESCAPED = re.compile(r"\\(?=[_%&#])")
ENTITIES = {"&lt;": "<", "&gt;": ">", "&amp;": "&", "&nbsp;": ""}
BRACKETS = {")": "(", "]": "[", "}": "{", ">": "<"}


def normalise_doi(typed: str) -> str:
    """The bare DOI in lower case out of any usual way of writing it.

    DOIs compare without regard to the case of ASCII letters (DOI Handbook, 2.4).
    Raises ValidationError, and nothing else, when there is not one DOI in it.
    """
    text = _visible(typed)
    if ENCODED.match(text):
        text = _visible(unquote(text))
    prefix = PREFIX.match(text)[0]
    text = text.removeprefix(prefix)
    if "doi.org" in prefix.lower():
        text = _visible(unquote(_path(text)))
    elif not re.match(r"10\.", text):
        text = _elsewhere_in(text)
    text = NEXT_THING.sub("", text)
    if ANOTHER.search(text):
        raise ValidationError(
            "There is more than one DOI here. Record each publication as a source "
            "of its own."
        )
    doi = _trimmed(_bare(text))
    if doi and not DOI.match(doi):
        raise ValidationError(_why_not(typed))
    return doi


def _why_not(typed: str) -> str:
    if re.match(r"\s*(?:https?:/|www\.)", typed, re.IGNORECASE):
        return (
            "This address does not contain the DOI. Copy the DOI from the page, or "
            "leave this field empty and put the address below."
        )
    return (
        "This is not a DOI. One looks like 10.1111/jocd.12320; it begins with “10.” "
        "and has a slash after the first number."
    )


def is_usual(doi: str) -> bool:
    """Whether a normalised DOI is made the way nearly all are; few mistypings are."""
    return bool(USUAL.match(doi)) and not VIEW.search(doi)


def resolver_address(doi: str) -> str:
    return "https://doi.org/" + quote(doi, safe="/:;()._-")


def _visible(text: str) -> str:
    """In plain characters, white space as one blank; nothing that cannot be seen."""
    text = text.translate(PLAIN)
    spaced = "".join(" " if character.isspace() else character for character in text)
    shown = (
        character for character in spaced if unicodedata.category(character)[0] != "C"
    )
    return re.sub(" +", " ", "".join(shown)).strip()


def _path(address: str) -> str:
    """Without a query or fragment. SICI codes may end with "#", too."""
    return re.sub(r"(\?|(?<!;2-)#).*", "", address, flags=re.IGNORECASE)


def _bare(text: str) -> str:
    """Without blanks and what other programs write for a character."""
    text = ESCAPED.sub("", text.replace(" ", ""))
    text = re.sub("[A-Z]+", lambda letters: letters[0].lower(), text)
    before = None
    while text != before:
        before = text
        for entity, character in ENTITIES.items():
            text = text.replace(entity, character)
    return text


def _elsewhere_in(text: str) -> str:
    """The DOI of a publisher's address or of a whole reference."""
    if ADDRESS.match(text):
        return _in_address(text)
    found = IN_REFERENCE.search(text)
    return found[1] if found else text


def _in_address(address: str) -> str:
    """The DOI that a publisher's address contains, in its path or its query."""
    for part in (_path(address), *re.split("[?&]", address)[1:]):
        if found := re.search(rf"{BEGINNING}\S+", _visible(unquote(part))):
            doi = VIEW.sub("", VIEW.sub("", found[0]))
            # Oxford's addresses end with a number of their own.
            doi = re.sub(r"/\d{6,}$", "", doi) if "oup.com/" in address else doi
            return doi if DOI.match(doi) else found[0]
    return address


def _trimmed(doi: str) -> str:
    """Without the punctuation and brackets of the sentence it stood in."""
    while doi:
        last = doi[-1]
        opening = BRACKETS.get(last)
        is_unpaired = opening and doi.count(last) > doi.count(opening)
        if not (is_unpaired or last in ".,;:!/\"'“”‘’»…"):
            break
        doi = doi[:-1]
    return doi
