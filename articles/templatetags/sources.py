from django import template

from ..answers.sources import Source

register = template.Library()


@register.filter
def troubled(sources: list[Source]) -> list[tuple[int, Source]]:
    """Those a reader must be warned about, each with its number in the list."""
    return [
        (number, source)
        for number, source in enumerate(sources, start=1)
        if source.is_troubled()
    ]
