"""Links in rich text to pages and documents, each kind fetched in one query.

Registered over Wagtail's own, which ask once for every paragraph and once more for
every type of page, and which fail where what is stored as an id is none.
"""

from wagtail.admin.rich_text.converters.contentstate import link_entity
from wagtail.admin.rich_text.converters.html_to_contentstate import (
    ExternalLinkElementHandler,
    PageLinkElementHandler,
)
from wagtail.documents.rich_text import DocumentLinkHandler
from wagtail.models import Page
from wagtail.rich_text import EmbedHandler
from wagtail.rich_text.feature_registry import FeatureRegistry
from wagtail.rich_text.pages import PageLinkHandler

from .preload import PreloadedLink, key_of


class PageLink(PreloadedLink, PageLinkHandler):
    """Only to pages that every visitor may read."""

    @classmethod
    def get_many(cls, attrs_list: list[dict]) -> list[Page | None]:
        pages = super().get_many(attrs_list)
        return [page if page and page.is_open and page.url else None for page in pages]


class DocumentLink(PreloadedLink, DocumentLinkHandler):
    pass


class PageLinkInEditor(PageLinkElementHandler):
    """Shows as broken what leads to no page, whatever its id is."""

    def get_attribute_data(self, attrs: dict) -> dict:
        pk = attrs.get("id", "")
        if key_of(Page, pk):
            return super().get_attribute_data(attrs)
        return {"id": pk, "url": None, "parentId": None}


def link_as_stored(props: dict):
    """A link to nothing is its words."""
    has_target = props.get("id") is not None or isinstance(props.get("url"), str)
    return link_entity(props) if has_target else props["children"]


LINKS_IN_EDITOR = {
    "from_database_format": {
        "a[href]": ExternalLinkElementHandler("LINK"),
        'a[linktype="page"]': PageLinkInEditor("LINK"),
    },
    "to_database_format": {"entity_decorators": {"LINK": link_as_stored}},
}


class NoPicture(EmbedHandler):
    """Pictures are blocks of their own; in a text they are left out."""

    identifier = "image"

    @classmethod
    def expand_db_attributes(cls, attrs: dict) -> str:
        return ""


class NoMedia(NoPicture):
    """So are films: Wagtail would fetch them from elsewhere while a reader waits."""

    identifier = "media"


def register(features: FeatureRegistry) -> None:
    for handler in (PageLink, DocumentLink):
        features.register_link_type(handler)
    for handler in (NoPicture, NoMedia):
        features.register_embed_type(handler)
    features.register_converter_rule("contentstate", "link", LINKS_IN_EDITOR)
