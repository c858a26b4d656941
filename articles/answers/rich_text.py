"""The source marker in rich text: "[Rinaldi 2017]", one thing to whoever edits it.

Stored as `<a id="12" linktype="source">[Rinaldi 2017]</a>`. Its number on the page
comes later, when the whole text is known.
"""

from collections.abc import Iterator

from django.urls import reverse, reverse_lazy
from django.utils.html import escape
from draftjs_exporter.dom import DOM
from wagtail.admin.rich_text.converters.html_to_contentstate import (
    InlineEntityElementHandler,
)
from wagtail.admin.rich_text.editors.draftail.features import EntityFeature
from wagtail.rich_text import LinkHandler
from wagtail.rich_text.feature_registry import FeatureRegistry

from .blocks import SOURCE
from .citations import KEY
from .sources import Source

ENTITY = "SOURCE"


def marker_text(source: Source) -> str:
    return f"[{source.short_name()}]"


def entity_data(source: Source) -> dict[str, str | int | bool]:
    """What the editor knows of a marker's source; only the id is stored."""
    return {
        "id": source.pk,
        "label": str(source),
        "url": reverse("wagtailsnippets_articles_source:edit", args=[source.pk]),
        "troubled": source.is_troubled(),
    }


class SourceLinkHandler(LinkHandler):
    """Leaves the number to whoever knows the page: only says which source it is."""

    identifier = "source"

    @staticmethod
    def get_model() -> type[Source]:
        return Source

    @classmethod
    def expand_db_attributes(cls, attrs: dict) -> str:
        return f'<a data-source="{escape(attrs.get("id", ""))}">'

    @classmethod
    def extract_references(cls, attrs: dict) -> Iterator[tuple]:
        if KEY.match(attrs.get("id", "")):
            yield Source, attrs["id"], "", ""


class SourceElementHandler(InlineEntityElementHandler):
    mutability = "IMMUTABLE"

    def get_attribute_data(self, attrs: dict) -> dict:
        pk = attrs.get("id", "")
        source = Source.objects.filter(pk=pk).first() if KEY.match(pk) else None
        if source is None:
            return {"id": pk, "label": "A source that was deleted", "troubled": True}
        return entity_data(source)


class SourceFeature(EntityFeature):
    """The entity, and the plugin that keeps what is typed out of it."""

    def construct_options(self, options: dict) -> None:
        super().construct_options(options)
        options.setdefault("plugins", []).append({"type": ENTITY})


def marker_element(props: dict):
    attributes = {"id": props.get("id"), "linktype": SourceLinkHandler.identifier}
    return DOM.create_element("a", attributes, props["children"])


def register(features: FeatureRegistry) -> None:
    features.register_link_type(SourceLinkHandler)
    features.register_editor_plugin(
        "draftail",
        SOURCE,
        SourceFeature(
            {
                "type": ENTITY,
                "icon": "source",
                "description": "Source",
                "attributes": ["id", "label", "url", "troubled"],
                "chooserUrls": {
                    "sourceChooser": reverse_lazy(
                        "wagtailsnippetchoosers_articles_source:choose"
                    )
                },
            },
            js=["wagtailadmin/js/chooser-modal.js", "js/source-entity.js"],
        ),
    )
    features.register_converter_rule(
        "contentstate",
        SOURCE,
        {
            "from_database_format": {
                'a[linktype="source"]': SourceElementHandler(ENTITY)
            },
            "to_database_format": {"entity_decorators": {ENTITY: marker_element}},
        },
    )
