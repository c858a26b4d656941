"""Links in rich text to pages and documents, each kind fetched in one query.

Registered over Wagtail's own, which ask once for every paragraph and once more for
every type of page.
"""

from wagtail.documents.rich_text import DocumentLinkHandler
from wagtail.models import Page
from wagtail.rich_text.feature_registry import FeatureRegistry
from wagtail.rich_text.pages import PageLinkHandler

from .preload import PreloadedLink


class PageLink(PreloadedLink, PageLinkHandler):
    """Only to pages that every visitor may read."""

    @classmethod
    def get_many(cls, attrs_list: list[dict]) -> list[Page | None]:
        pages = super().get_many(attrs_list)
        return [page if page and page.is_open and page.url else None for page in pages]


class DocumentLink(PreloadedLink, DocumentLinkHandler):
    pass


def register(features: FeatureRegistry) -> None:
    features.register_link_type(PageLink)
    features.register_link_type(DocumentLink)
