import json
import re
from urllib.parse import urlencode

from django import template
from django.forms.utils import flatatt
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from phonenumber_field.phonenumber import PhoneNumber
from wagtail.images.models import Picture

from ..models import ClinicImage, ClinicRendition
from ..models.images import FORMATS
from ..rich_text import to_html

register = template.Library()
SENTENCE_END = re.compile(r"(?<=[.!?])\s+")


@register.filter
def lines(text: str) -> list[str]:
    """A text field's lines that are not blank."""
    return [line.strip() for line in text.splitlines() if line.strip()]


@register.filter
def whole_sentences(text: str, words: int) -> str:
    """As many as so many words hold; the first in any case. No claim is cut short."""
    shown: list[str] = []
    for sentence in SENTENCE_END.split(text.strip()):
        if shown and len(" ".join([*shown, sentence]).split()) > words:
            break
        shown.append(sentence)
    return " ".join(shown)


@register.filter
def tel(number: PhoneNumber | None) -> str:
    """A `tel:` link; empty for no number."""
    return f"tel:{number.as_e164}" if number else ""


@register.filter
def dialled(number: PhoneNumber | None) -> str:
    """A number as people here write it: national for British ones."""
    if not number:
        return ""
    return number.as_national if number.country_code == 44 else number.as_international


@register.simple_tag(takes_context=True)
def rich(context: template.Context, value) -> SafeString:
    """Rich text as HTML: as the page prepared it in `texts`, else by itself."""
    texts = context.get("texts")
    html = texts.html(value) if texts else None
    return to_html(getattr(value, "source", str(value))) if html is None else html


@register.simple_tag(takes_context=True)
def source_marker(context: template.Context, source) -> SafeString | str:
    """The marker of a block's own source, numbered like those in its text."""
    markers = context.get("markers")
    return markers.one(source) if markers and source else ""


@register.simple_tag
def picture_tag(
    picture: ClinicImage, *, sizes: str, eager: bool = False, alt: str | None = None
) -> str:
    """A picture in all sizes made so far; `eager` for the one a reader sees first.

    An empty `alt` is for a picture whose words stand beside it.
    """
    renditions = picture.ready_sizes()
    attributes = picture.shown_size()
    if len(renditions) > len(FORMATS):  # there is a choice of widths
        attributes["sizes"] = sizes
    if alt is not None:
        attributes["alt"] = alt
    if classes := picture.focus_classes():
        attributes["class"] = classes
    if eager:
        attributes["fetchpriority"] = "high"
    else:
        attributes |= {"loading": "lazy", "decoding": "async"}
    if renditions:
        return Picture(renditions, attributes).__html__()
    return _instead_of(picture, attributes)


def _instead_of(picture: ClinicImage, attributes: dict) -> SafeString:
    """Keeps a picture's place, and its words, until the worker has made its sizes."""
    alt = ClinicRendition(image=picture).alt
    src = static("img/picture-pending.svg")
    return format_html("<img{}>", flatatt({"src": src, "alt": alt, **attributes}))


@register.simple_tag
def widest_jpeg(picture: ClinicImage | None) -> ClinicRendition | None:
    """For those who share a page: not all of them read AVIF."""
    return picture.widest_jpeg() if picture else None


@register.simple_tag
def back_links(markers, number: int) -> list[str]:
    """The ids of every place that cites a source of the page."""
    return markers.back_links(number)


@register.simple_tag(takes_context=True)
def page_query(context: template.Context, number: int) -> str:
    """The query string of another page of a list; none for the first page."""
    query = {k: v for k, v in (context.get("list_query") or {}).items() if v}
    if number > 1:
        query["page"] = number
    return "?" + urlencode(query) if query else context["request"].path


@register.filter
def json_ld(data: dict) -> SafeString:
    """Structured data as a script element that no text in it can end."""
    text = json.dumps(data, ensure_ascii=False)
    for character, escaped in (("<", "003C"), (">", "003E"), ("&", "0026")):
        text = text.replace(character, "\\u" + escaped)
    # Every character with a meaning in HTML has just been escaped.
    safe = mark_safe(text)  # noqa: S308
    return format_html('<script type="application/ld+json">{}</script>', safe)
