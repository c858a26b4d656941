"""What the frame of every public page shows, remembered between requests.

Whoever saves or deletes a part of it calls `forget`, so the process that edits
never shows an old header. Other processes do for a minute at most where the cache
is not shared; so does everybody after what passes by `save`: a new order of the
menu, a page made private, a bulk update.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.cache import cache
from django.db import transaction
from wagtail.models import Site

if TYPE_CHECKING:  # its models import this module
    from .models import Clinic, ClinicSettings

KEY = "frame"
MAIL_KEY = "settings-of-mails"
SECONDS = 60


@dataclass(frozen=True)
class Section:
    """A page directly under the home page."""

    title: str
    url: str
    slug: str
    content_type_id: int
    is_in_menu: bool


@dataclass(frozen=True)
class Frame:
    settings: "ClinicSettings"
    clinics: "list[Clinic]"
    sections: list[Section]


def remembered(site: Site, build: Callable[[], Frame]) -> Frame:
    """The frame of a site; each caller has a copy, for caches store pickles."""
    by_site = cache.get(KEY, {})
    if site.pk not in by_site:
        by_site[site.pk] = build()
        cache.set(KEY, by_site, SECONDS)
    return by_site[site.pk]


def forget() -> None:
    """Twice: for the rest of this transaction, and for those who see its result."""
    keys = [KEY, MAIL_KEY]
    cache.delete_many(keys)
    transaction.on_commit(lambda: cache.delete_many(keys))
