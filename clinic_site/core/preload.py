"""Fetching all that a page's body refers to, in one query for each kind of thing.

Wagtail asks again for every kind of block and for every paragraph with links. Here
the stored text is read first; while `everything_in` it is at hand, blocks and links
take from that.
"""

import copy
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.core.exceptions import ValidationError
from django.db.models import BigIntegerField, Model
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.rich_text import features
from wagtail.rich_text.rewriters import FIND_A_TAG, extract_attrs

from .models.pages import restricted

Wanted = dict[type[Model], set[int]]
Found = dict[int, Model | None]

LARGEST_KEY = BigIntegerField.MAX_BIGINT

_at_hand: ContextVar[dict[type[Model], Found] | None] = ContextVar(
    "at_hand", default=None
)


@contextmanager
def everything_in(
    body: blocks.StreamValue, also: dict[type[Model], Iterable[int]] | None = None
) -> Iterator[None]:
    """Fetches what a body refers to and keeps it at hand until the end.

    With it, without a query of their own, `also`: further objects by their keys.
    """
    wanted = wanted_by(body)
    for model, keys in (also or {}).items():
        wanted[model].update(keys)
    token = _at_hand.set(_fetch(wanted))
    try:
        yield
    finally:
        _at_hand.reset(token)


def many(model: type[Model], keys: Iterable[object]) -> Found:
    """Objects by their key, from what is at hand or else with a query."""
    wanted = {key for key in (key_of(model, key) for key in keys) if key is not None}
    found = (_at_hand.get() or {}).get(model, {})
    if missing := wanted - found.keys():
        found = found | _fetch({model: missing})[model]
    return {key: found[key] for key in wanted if found[key] is not None}


class PreloadedBlock:
    """For choosers: takes from what is at hand. Each use has a copy of its own."""

    def bulk_to_python(self, values: Iterable[int | None]) -> list[Model | None]:
        keys = [key_of(self.model_class, value) for value in values]
        found = many(self.model_class, keys)
        return [copy.copy(found.get(key)) for key in keys]


class PreloadedLink:
    """For handlers of links in rich text: takes from what is at hand.

    Whatever is stored as an id, the page with the link opens.
    """

    @classmethod
    def get_many(cls, attrs_list: list[dict]) -> list[Model | None]:
        model = cls.get_model()
        keys = [key_of(model, attrs.get("id")) for attrs in attrs_list]
        found = many(model, keys)
        return [found.get(key) for key in keys]

    @classmethod
    def extract_references(cls, attrs: dict) -> Iterator[tuple]:
        key = key_of(cls.get_model(), attrs.get("id"))
        if key is not None:
            yield cls.get_model(), str(key), "", ""


def key_of(model: type[Model], value: object) -> int | None:
    """None for what no row can have as its key: a stored text may hold anything."""
    try:
        key = model._meta.pk.to_python(value)
    except ValidationError:
        return None
    return key if key and 0 < key <= LARGEST_KEY else None


def _fetch(wanted: Wanted) -> dict[type[Model], Found]:
    pages = {model: keys for model, keys in wanted.items() if issubclass(model, Page)}
    found = _fetch_pages(pages) if pages else {}
    for model in wanted.keys() - pages.keys():
        found[model] = model._default_manager.in_bulk(wanted[model])
    return {model: dict.fromkeys(keys) | found[model] for model, keys in wanted.items()}


def _fetch_pages(wanted: Wanted) -> dict[type[Model], Found]:
    """Pages of all types in one query, without their texts.

    Each knows by `is_open` whether every visitor may read it.
    """
    keys = set().union(*wanted.values())
    names = {model: _name_from_page(model) for model in wanted if model is not Page}
    texts = [
        f"{name}__{field.name}"
        for model, name in names.items()
        for field in model._meta.local_fields
        if isinstance(field, StreamField)
    ]
    query = Page.objects.filter(pk__in=keys).annotate(is_restricted=restricted())
    if names:
        query = query.select_related(*names.values()).defer(*texts)
    found: dict[type[Model], Found] = {model: {} for model in wanted}
    for page in query:
        page.is_open = page.live and not page.is_restricted
        for model in wanted:
            specific = getattr(page, names[model], None) if model in names else page
            if specific:
                specific.is_open = page.is_open
                found[model][page.pk] = specific
    return found


def _name_from_page(model: type[Page]) -> str:
    """Of the relation that leads from the base page to one of this type."""
    return model._meta.get_ancestor_link(Page).remote_field.get_accessor_name()


def wanted_by(body: blocks.StreamValue) -> Wanted:
    """Keys of all that a body refers to. Costs no query."""
    wanted: Wanted = defaultdict(set)
    handlers = features.get_link_types()
    for block, raw in stored_in(body):
        if isinstance(block, blocks.ChooserBlock):
            _want(wanted, block.model_class, raw)
        elif isinstance(block, blocks.RichTextBlock):
            for attributes in map(extract_attrs, FIND_A_TAG.findall(raw)):
                if handler := handlers.get(attributes.get("linktype")):
                    _want(wanted, handler.get_model(), attributes.get("id"))
    return wanted


def _want(wanted: Wanted, model: type[Model], value: object) -> None:
    key = key_of(model, value)
    if key is not None:
        wanted[model].add(key)


def stored_in(body: blocks.StreamValue) -> Iterator[tuple[blocks.Block, object]]:
    """Every innermost block of a body with what is stored of it. Costs no query."""
    return _stored(body.stream_block, body.raw_data)


def _stored(block: blocks.Block, raw: object) -> Iterator[tuple[blocks.Block, object]]:
    if not raw:
        return
    if isinstance(block, blocks.StreamBlock):
        for item in raw:
            if child := block.child_blocks.get(item["type"]):
                yield from _stored(child, item["value"])
    elif isinstance(block, blocks.StructBlock):
        for name, child in block.child_blocks.items():
            if isinstance(raw, dict):  # a picture may be stored as its bare key
                yield from _stored(child, raw.get(name))
    elif isinstance(block, blocks.ListBlock):
        for item in raw:
            is_block = block._item_is_in_block_format(item)
            yield from _stored(block.child_block, item["value"] if is_block else item)
    elif isinstance(block, TypedTableBlock):
        kinds = [block.child_blocks.get(column["type"]) for column in raw["columns"]]
        for row in raw["rows"]:
            for kind, value in zip(kinds, row["values"], strict=False):
                if kind:
                    yield from _stored(kind, value)
    else:
        yield block, raw
