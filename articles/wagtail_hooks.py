from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.chooser import SnippetChooserViewSet
from wagtail.snippets.views.snippets import SnippetViewSet

from .models import Source


class SourceChooserViewSet(SnippetChooserViewSet):
    """Editors can record a source without leaving the page they write."""

    form_fields = [
        "kind",
        "title",
        "authors",
        "container",
        "year",
        "doi",
        "pmid",
        "url",
    ]


class SourceViewSet(SnippetViewSet):
    model = Source
    icon = "link"
    menu_label = "Sources"
    menu_order = 205
    add_to_admin_menu = True
    list_display = ["title", "container", "year", "doi"]
    list_filter = ["kind"]
    copy_view_enabled = False
    chooser_viewset_class = SourceChooserViewSet


register_snippet(SourceViewSet)
