"""Rich text as readers get it."""

import re

from django.utils.safestring import SafeString, mark_safe
from wagtail.rich_text import expand_db_html

# What a link becomes whose target is gone or not for everybody.
LINK_TO_NOTHING = re.compile(
    r"<a\b(?![^<>]*\shref=)[^<>]*>((?:(?!<a\b).)*?)</a>", re.DOTALL
)


def to_html(source: str) -> SafeString:
    """Stored rich text as HTML; a link that leads nowhere is its words only."""
    html = LINK_TO_NOTHING.sub(r"\1", expand_db_html(source))
    # Wagtail cleaned it when it was saved; what is added here is escaped.
    return mark_safe(html)  # noqa: S308
