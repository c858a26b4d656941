from django import forms
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.chooser import SnippetChooserViewSet
from wagtail.snippets.views.snippets import SnippetViewSet

from .models import Source


class SourceCreationForm(WagtailAdminModelForm):
    """Has ids of its own: the page behind the dialog has a title field as well."""

    url = forms.URLField(
        label="Address", max_length=500, required=False, assume_scheme="https"
    )

    class Meta:
        model = Source
        fields = [
            "kind",
            "title",
            "authors",
            "container",
            "year",
            "doi",
            "pmid",
            "url",
        ]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **{**kwargs, "auto_id": "id_new_source_%s"})


class SourceChooserViewSet(SnippetChooserViewSet):
    """Editors can record a source without leaving the page they write."""

    creation_form_class = SourceCreationForm


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
