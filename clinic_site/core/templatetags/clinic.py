import json
from urllib.parse import urlencode

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from phonenumber_field.phonenumber import PhoneNumber
from wagtail.images.models import Picture, SourceImageIOError
from wagtail.rich_text import expand_db_html

from ..body import SourceMarkers
from ..models import ClinicImage

register = template.Library()


@register.filter
def lines(text: str) -> list[str]:
    """A text field's lines that are not blank."""
    return [line.strip() for line in text.splitlines() if line.strip()]


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
    """Rich text as HTML, its source markers linked where the page has sources."""
    html = expand_db_html(getattr(value, "source", str(value)))
    markers: SourceMarkers = context.get("markers") or SourceMarkers(0)
    return markers.link(html)


@register.simple_tag
def picture_tag(picture: ClinicImage, *, sizes: str, eager: bool = False) -> str:
    """A picture element in all sizes; `eager` for the one a reader sees first."""
    attributes = {"sizes": sizes}
    if eager:
        attributes["fetchpriority"] = "high"
    else:
        attributes |= {"loading": "lazy", "decoding": "async"}
    try:
        renditions = {key.spec: value for key, value in picture.all_sizes().items()}
    except SourceImageIOError:  # the file is gone; the text around it is not
        return ""
    return Picture(renditions, attributes).__html__()


@register.simple_tag
def back_links(markers: SourceMarkers, number: int) -> list[str]:
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
