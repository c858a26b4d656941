"""A DOI out of whatever somebody pasted, and the address it resolves at."""

import re
import unicodedata
from urllib.parse import quote, unquote

from django.core.exceptions import ValidationError

BEGINNING = r"10\.\d{4,9}/"
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
ENCODED = re.compile(r"^10\.\d{4,9}%2f", re.IGNORECASE)
# What reference lists print after a DOI.
NEXT_THING = re.compile(
    r"\s+\(?(?:doi|https?:|pmid|pmcid|e-?pub|available|accessed|cited|version)\b.*",
    re.IGNORECASE,
)
# What publishers' addresses carry behind it.
VIEW = re.compile(
    r"/(?:full|fulltext|abstract|abs|e?pdf|epub|html|meta|references|citations|figures?"
    r"|tables?|summary|information|metrics|download|suppl|suppinfo|pdfdirect)"
    r"(?:/.*)?$|\.(?:full|abstract|pdf|epub|html?)$",
    re.IGNORECASE,
)
DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2212", "-"))
BRACKETS = {")": "(", "]": "[", "}": "{", ">": "<"}


def normalise_doi(typed: str) -> str:
    """The bare DOI in lower case out of any usual way of writing it.

    DOIs compare without regard to the case of ASCII letters (DOI Handbook, 2.4).
    Raises ValidationError, and nothing else, when no DOI is in there.
    """
    text = _visible(typed)
    prefix = PREFIX.match(text)[0]
    text = text.removeprefix(prefix)
    if "doi.org" in prefix.lower():
        text = _visible(unquote(_path(text)))
    elif ENCODED.match(text):
        text = _visible(unquote(text))
    elif ADDRESS.match(text) and not text.startswith("10."):
        text = _in_address(text)
    doi = _trimmed(NEXT_THING.sub("", text).translate(DASHES).replace(" ", ""))
    doi = re.sub("[A-Z]+", lambda letters: letters[0].lower(), doi)
    if doi and not DOI.match(doi):
        raise ValidationError(
            "This is not a DOI. One looks like 10.1111/jocd.12320; it begins with "
            "“10.” and has a slash after the first number."
        )
    return doi


def is_usual(doi: str) -> bool:
    """Whether a normalised DOI is made the way nearly all are; few mistypings are."""
    return bool(USUAL.match(doi))


def resolver_address(doi: str) -> str:
    return "https://doi.org/" + quote(doi, safe="/:;()._-")


def _visible(text: str) -> str:
    """Any white space as one blank; nothing that cannot be seen."""
    spaced = "".join(" " if character.isspace() else character for character in text)
    shown = (
        character for character in spaced if unicodedata.category(character)[0] != "C"
    )
    return re.sub(" +", " ", "".join(shown)).strip()


def _path(address: str) -> str:
    """Without a query or fragment. SICI codes may end with "#", too."""
    return re.sub(r"(\?|(?<!;2-)#).*", "", address, flags=re.IGNORECASE)


def _in_address(address: str) -> str:
    """The DOI that a publisher's address contains, in its path or its query."""
    for part in (_path(address), *re.split("[?&]", address)[1:]):
        if found := re.search(rf"{BEGINNING}\S+", _visible(unquote(part))):
            doi = VIEW.sub("", found[0])
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
