"""Sources in the admin: recording, choosing, checking, and what cites them."""

import django_filters
from django import forms
from django.contrib import messages
from django.db.models import (
    BooleanField,
    Exists,
    ExpressionWrapper,
    F,
    Model,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
)
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.forms.choosers import BaseFilterForm, SearchFilterMixin
from wagtail.admin.panels import ObjectList, Panel
from wagtail.admin.ui.tables import Column, NumberColumn, StatusTagColumn
from wagtail.snippets.views import chooser
from wagtail.snippets.views.snippets import (
    CreateView,
    EditView,
    IndexView,
    SnippetViewSet,
)

from . import emails
from .citations import Citation
from .dois import is_usual
from .models import AnswerPage
from .rich_text import entity_data, marker_text
from .source_forms import SourceCreationForm, SourceForm, edit_url
from .sources import SEARCHED, Source

LISTED = 10  # of the answers a message names


def answers_with_source_tasks() -> QuerySet[AnswerPage]:
    """Live answers whose text nobody signed off since its source came into trouble.

    Each has `troubled_citations`, a list of citations with their sources.
    """
    troubled = Citation.objects.exclude(source__status=Source.Status.OK).exclude(
        page__sign_off__created_at__gte=F("source__status_set_at")
    )
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
    """Those whose live text or draft does; `is_live_text` tells which."""
    saved = Citation.objects.filter(page=OuterRef("pk"), source=source)
    return (
        AnswerPage.objects.filter(source_uses__source=source)
        .annotate(
            is_live_text=ExpressionWrapper(Q(live=True) & Exists(saved), BooleanField())
        )
        .defer("body", "changes")
        .order_by("title")
    )


class SourceSearchForm(SearchFilterMixin, BaseFilterForm):
    """The field is Wagtail's, what it finds is what the list of sources finds."""

    def filter(self, objects: QuerySet[Source]) -> QuerySet[Source]:
        self.search_query = self.cleaned_data["q"]
        self.is_searching = bool(self.search_query)
        return objects.matching(self.search_query)


class ShowsWhatASourceIs:
    filter_form_class = SourceSearchForm
    page_subtitle = None  # the title says it

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


class SourceIndexView(IndexView):
    def search_queryset(self, queryset: QuerySet[Source]) -> QuerySet[Source]:
        return queryset.matching(self.search_query or "")


class SourceCreateView(WarnsOfOddDoi, CreateView):
    pass


class SourceEditView(WarnsOfOddDoi, EditView):
    def save_instance(self) -> Source:
        before = Source.objects.get(pk=self.object.pk)
        source = super().save_instance()
        if source.status not in (before.status, Source.Status.OK):
            count = emails.tell_of_trouble(
                source=source,
                answers=answers_citing(source)
                .filter(is_live_text=True)
                .select_related("owner"),
                url=edit_url(source),
            )
            if count:
                people = "1 person was" if count == 1 else f"{count} people were"
                messages.warning(
                    self.request, f"{people} told that answers cite this source."
                )
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
    search_fields = SEARCHED
    edit_handler = ObjectList(
        [*Source.panels, CitedByPanel(heading="Cited by")], base_form_class=SourceForm
    )
    copy_view_enabled = False
    index_view_class = SourceIndexView
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
        if isinstance(source, Source) and source.uses.exists()
    ]
    for source in cited:
        names = [
            page.title if page.is_live_text else f"{page.draft_title} (in its draft)"
            for page in answers_citing(source)
        ]
        more = f" and {len(names) - LISTED} more" if len(names) > LISTED else ""
        words = (
            f"“{source.title}” cannot be deleted, because answers cite it: "
            f"{'; '.join(names[:LISTED])}{more}. Remove its markers there first."
        )
        messages.error(request, words)
    if len(cited) == 1:
        return redirect(edit_url(cited[0]))
    return redirect("wagtailsnippets_articles_source:list") if cited else None
