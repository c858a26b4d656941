"""Texts that people wrote, in files that a spreadsheet program opens."""

import re
import unicodedata
from collections.abc import Iterator

BEGINS_FORMULA = ("=", "+", "-", "@", "\N{MINUS SIGN}")
# Where a program set to another country's separator would begin a new cell.
SEPARATORS = re.compile(r"([;,|\t\r\n])")
# What no cell of an XLSX file may hold: a page's title may, pasted from elsewhere.
NOT_IN_XLSX = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def safe(text: str) -> str:
    """With an apostrophe before all that a spreadsheet would calculate."""
    return "".join(escaped(SEPARATORS.split(text)))


def escaped(parts: list[str]) -> Iterator[str]:
    """Every other part is a separator; a cell must not begin with one either."""
    if len(parts) > 1 and not parts[0]:
        yield "'"
    for part in parts:
        yield f"'{part}" if begins_formula(part) else part


def begins_formula(text: str) -> bool:
    """Also behind spaces, quotes and invisible characters, and in full width."""
    for character in text:
        plain = unicodedata.normalize("NFKC", character)
        if plain.startswith(BEGINS_FORMULA):
            return True
        if not is_skipped(character):
            return False
    return False


def is_skipped(character: str) -> bool:
    category = unicodedata.category(character)
    is_quote = character in "\"'`" or category in ("Pi", "Pf", "Ps")
    return is_quote or category[0] in "ZC" or category == "Mn"
