"""Addresses that a telephone can read off paper."""

from functools import lru_cache

import segno
from django import template
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.filter
@lru_cache(maxsize=512)
def qr_code(address: str) -> SafeString:
    """A QR code as an SVG element of about two kilobytes, black on white.

    The least of the four levels of error correction: printed small, fewer and
    larger squares are read more easily. Colours are attributes, since the site's
    policy allows no inline styles.
    """
    code = segno.make(address, error="l", micro=False)
    svg = code.svg_inline(
        dark="#000", light="#fff", omitsize=True, svgclass="qr", lineclass=None
    )
    # Constants and numbers only: the address itself is not in it.
    return mark_safe(svg)  # noqa: S308
