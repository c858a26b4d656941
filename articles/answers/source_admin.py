"""Sources in the admin: recording, choosing, checking, and what cites them."""

import django_filters
from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Exists, Model, OuterRef, Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import ObjectList, Panel
from wagtail.admin.ui.tables import Column, NumberColumn, StatusTagColumn
from wagtail.permissions import page_permission_policy
from wagtail.snippets.views import chooser
from wagtail.snippets.views.snippets import CreateView, EditView, SnippetViewSet

from . import emails
from .citations import Citation
from .dois import is_usual, normalise_doi
from .models import AnswerPage
from .rich_text import entity_data, marker_text
from .sources import Source

LISTED = 10  # of the answers a message names


def answers_citing_troubled_sources() -> QuerySet[AnswerPage]:
    """Live answers whose text has to be looked at again.

    Each has `troubled_citations`, a list of citations with their sources.
    """
    troubled = Citation.objects.filter(source__status__in=Source.TROUBLED)
    return (
        AnswerPage.objects.live()
        .filter(Exists(troubled.filter(page=OuterRef("pk"))))
        .prefetch_related(
            Prefetch(
                "citations",
                queryset=troubled.select_related("source"),
                to_attr="troubled_citations",
            )
        )
        .select_related("owner")
        .defer("body")
        .order_by("title")
    )


def answers_citing(source: Source) -> QuerySet[AnswerPage]:
    return AnswerPage.objects.filter(citations__source=source).order_by("title")


def edit_url(source: Source) -> str:
    return reverse("wagtailsnippets_articles_source:edit", args=[source.pk])


# Which publication it is: what a clinician compared the text with.
IDENTITY = {"title", "authors", "container", "year", "doi", "pmid", "url"}


class SourceForm(WagtailAdminModelForm):
    doi = forms.CharField(
        label="DOI",
        max_length=500,  # an address at a publisher is longer than the DOI in it
        required=False,
        help_text=Source._meta.get_field("doi").help_text,
    )
    url = forms.URLField(
        label="Address", max_length=500, required=False, assume_scheme="https"
    )

    def clean(self) -> dict:
        cleaned = super().clean()
        if IDENTITY.intersection(self.changed_data) and self.is_signed_for():
            self.add_error(
                None,
                "Answers that are live cite this source as it is, and a clinician "
                "signed them off. Ask a publisher to correct it, or add another one.",
            )
        return cleaned

    def is_signed_for(self) -> bool:
        """Whether this person may not change what live answers rest on."""
        is_cited = self.instance.pk and self.instance.citations.filter(page__live=True)
        return bool(is_cited) and not page_permission_policy.user_has_permission(
            self.for_user, "publish"
        )

    def clean_doi(self) -> str:
        typed = self.cleaned_data["doi"]
        try:
            doi = normalise_doi(typed)
        except ValidationError:
            return typed  # the model refuses it, in words
        same = Source.objects.exclude(pk=self.instance.pk).filter(doi=doi).first()
        if doi and same:
            self.instance.doi = doi  # the model would ask for an address as well
            raise ValidationError(already_there(same))
        return doi


def already_there(source: Source) -> SafeString:
    return format_html(
        "There is already a source with this DOI: "
        '<a href="{}" target="_blank">{}</a>. Use that one.',
        edit_url(source),
        source,
    )


class SourceCreationForm(SourceForm):
    """Has ids of its own: the page behind the dialog has a title field as well."""

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
            "study_type",
            "population",
        ]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **{**kwargs, "auto_id": "id_new_source_%s"})


class ShowsWhatASourceIs:
    @property
    def columns(self) -> list[Column]:
        status = StatusTagColumn(
            "status", label="Status", accessor="get_status_display"
        )
        return [*super().columns, Column("container", label="Published in"), status]


class SourceChooseView(ShowsWhatASourceIs, chooser.ChooseView):
    pass


class SourceChooseResultsView(ShowsWhatASourceIs, chooser.ChooseResultsView):
    pass


class AnswersWithMarker:
    """Tells the rich text editor what to write; other choosers ignore it."""

    def get_chosen_response_data(self, item: Source) -> dict:
        data = super().get_chosen_response_data(item)
        return {**data, "marker": marker_text(item), "data": entity_data(item)}


class SourceChosenView(AnswersWithMarker, chooser.SnippetChosenView):
    pass


class SourceChooserCreateView(AnswersWithMarker, chooser.SnippetCreateView):
    pass


class SourceChooserViewSet(chooser.SnippetChooserViewSet):
    """Editors can record a source without leaving the page they write."""

    choose_one_text = "Choose a source"
    creation_form_class = SourceCreationForm
    creation_tab_label = "Create"
    choose_view_class = SourceChooseView
    choose_results_view_class = SourceChooseResultsView
    chosen_view_class = SourceChosenView
    create_view_class = SourceChooserCreateView


class SourceFilterSet(WagtailFilterSet):
    status = django_filters.MultipleChoiceFilter(
        choices=Source.Status, widget=forms.CheckboxSelectMultiple
    )
    never_checked = django_filters.BooleanFilter(
        field_name="status_checked_on", lookup_expr="isnull", label="Never checked"
    )
    uncited = django_filters.BooleanFilter(method="filter_uncited", label="Uncited")

    class Meta:
        model = Source
        fields = ["kind", "study_type", "population"]

    def filter_uncited(self, queryset: QuerySet, name: str, value: bool) -> QuerySet:
        uncited = Source.objects.uncited().values("pk")
        return (
            queryset.filter(pk__in=uncited)
            if value
            else queryset.exclude(pk__in=uncited)
        )


class CitedByPanel(Panel):
    """The answers whose text cites the source that is edited."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "answers/admin/cited_by.html"

        def is_shown(self) -> bool:
            return bool(self.instance.pk) and super().is_shown()

        def get_context_data(self, parent_context: dict | None = None) -> dict:
            context = super().get_context_data(parent_context)
            return {**context, "answers": answers_citing(self.instance)}


class WarnsOfOddDoi:
    def save_instance(self) -> Source:
        source = super().save_instance()
        if source.doi and not is_usual(source.doi):
            words = (
                f"The DOI {source.doi} looks unusual. It was saved; please open its "
                "link once and see that it leads to this publication."
            )
            messages.warning(self.request, words)
        return source


class SourceCreateView(WarnsOfOddDoi, CreateView):
    pass


class SourceEditView(WarnsOfOddDoi, EditView):
    def save_instance(self) -> Source:
        before = Source.objects.get(pk=self.object.pk)
        source = super().save_instance()
        if source.is_retracted() and not before.is_retracted():
            count = emails.tell_of_retraction(
                answers=answers_citing(source).live().select_related("owner"),
                url=edit_url(source),
            )
            if count:
                told = f"{count} people were told that answers cite this source."
                messages.warning(self.request, told)
        return source


class SourceViewSet(SnippetViewSet):
    model = Source
    icon = "source"
    menu_label = "Sources"
    menu_order = 205
    add_to_admin_menu = True
    list_display = [
        "title",
        "container",
        "year",
        StatusTagColumn("status", accessor="get_status_display", sort_key="status"),
        NumberColumn("citation_count", label="Cited by", sort_key="citation_count"),
    ]
    # Django drops the order of the model where rows are counted.
    ordering = "title"
    filterset_class = SourceFilterSet
    edit_handler = ObjectList(
        [*Source.panels, CitedByPanel(heading="Cited by")], base_form_class=SourceForm
    )
    copy_view_enabled = False
    add_view_class = SourceCreateView
    edit_view_class = SourceEditView
    chooser_viewset_class = SourceChooserViewSet

    def get_queryset(self, request: HttpRequest) -> QuerySet[Source]:
        return Source.objects.with_citation_count()


def refuse_to_delete_cited(
    request: HttpRequest, instances: list[Model]
) -> HttpResponse | None:
    """For Wagtail's hook before snippets are deleted, one or many."""
    cited = [
        source
        for source in instances
        if isinstance(source, Source) and source.citations.exists()
    ]
    for source in cited:
        titles = list(answers_citing(source).values_list("title", flat=True))
        more = f" and {len(titles) - LISTED} more" if len(titles) > LISTED else ""
        words = (
            f"“{source.title}” cannot be deleted, because answers cite it: "
            f"{'; '.join(titles[:LISTED])}{more}. Remove its markers there first."
        )
        messages.error(request, words)
    if len(cited) == 1:
        return redirect(edit_url(cited[0]))
    return redirect("wagtailsnippets_articles_source:list") if cited else None
