"""Marking links to what somebody earns money with."""

import re

from django import template
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

LINK = re.compile(r'<a\b(?![^>]*\bhref="#)[^>]*>', re.IGNORECASE)
REL = re.compile(r'\s+rel="[^"]*"', re.IGNORECASE)


@register.filter
def sponsored(html: SafeString) -> SafeString:
    """Rendered rich text whose links say that they are paid for; not its markers."""
    marked = LINK.sub(_mark, html)
    # `html` is rich text that is rendered already; only constants were added.
    return mark_safe(marked)  # noqa: S308


def _mark(match: re.Match) -> str:
    without_rel = REL.sub("", match[0])
    return f'{without_rel[:2]} rel="sponsored nofollow"{without_rel[2:]}'
