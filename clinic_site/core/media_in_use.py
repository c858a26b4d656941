"""Pictures and documents stay as they are while readers see them, or soon will.

A text that was signed off shows them, and its sign-off does not know of changes here.
"""

from collections import defaultdict
from collections.abc import Iterator
from itertools import chain

from django.contrib import messages
from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, ForeignKey, Model, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from wagtail.admin.views.bulk_action import BulkAction
from wagtail.documents import get_document_model
from wagtail.documents.views import documents
from wagtail.documents.views import multiple as many_documents
from wagtail.fields import StreamField
from wagtail.images.views import images
from wagtail.images.views import multiple as many_images
from wagtail.models import Page, ReferenceIndex, Revision, TaskState, WorkflowState
from wagtail.permissions import page_permission_policy, policy_registry

from clinic_site.users.models import User

from .models import ClinicImage, ClinicSettings
from .preload import key_of, wanted_by

NAMED = 3  # of the places that a message tells of


def where_shown(*items: Model) -> dict[int, list[str]]:
    """Titles of what shows each of these, by their keys; all are of one model.

    Live pages as they are stored; texts that are scheduled, in review or signed off;
    experts, clinics and settings. Of other drafts, none.
    """
    found: dict[int, set[str]] = defaultdict(set)
    for key, place in chain(
        _stored_places(items), _in_settings(items), _coming_places(items)
    ):
        found[key].add(place)
    return {key: sorted(places) for key, places in found.items()}


def _stored_places(items: tuple[Model, ...]) -> Iterator[tuple[int, str]]:
    places: dict[int, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    for reference in ReferenceIndex.get_references_to_in_bulk(items):
        holders = places[reference.base_content_type_id]
        holders[reference.object_id].add(int(reference.to_object_id))
    for kind, holders in places.items():
        model = ContentType.objects.get_for_id(kind).model_class()
        stored = model._default_manager.filter(pk__in=holders)
        for holder in stored.live() if model is Page else stored:
            for key in holders[str(holder.pk)]:
                yield key, str(holder)


def _in_settings(items: tuple[Model, ...]) -> Iterator[tuple[int, str]]:
    """Wagtail's index of references knows nothing of settings."""
    pictures = [item for item in items if isinstance(item, ClinicImage)]
    if pictures:
        used = ClinicSettings.objects.filter(sharing_picture__in=pictures)
        for key in used.values_list("sharing_picture", flat=True):
            yield key, "Clinic settings"


def _coming_places(items: tuple[Model, ...]) -> Iterator[tuple[int, str]]:
    keys = {item.pk for item in items}
    models = {type(item) for item in items}
    for kind, content in _coming_texts().values_list("content_type", "content"):
        page_type = ContentType.objects.get_for_id(kind).model_class()
        for model in models:
            for key in keys & _used_in(page_type, content, model):
                yield key, content["title"]


def _coming_texts() -> QuerySet[Revision]:
    """Those that go live without another word, or that somebody is asked about."""
    asked = TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS)
    approved = TaskState.objects.filter(
        workflow_state__status=WorkflowState.STATUS_APPROVED
    )
    is_newest = Exists(Page.objects.filter(latest_revision=OuterRef("pk")))
    return Revision.page_revisions.filter(
        Q(approved_go_live_at__isnull=False)
        | Q(pk__in=asked.values("revision"))
        | Q(is_newest, pk__in=approved.values("revision"))
    )


def _used_in(page_type: type[Page], content: dict, model: type[Model]) -> set[int]:
    """Keys of what a revision refers to, read from it without a query."""
    used: set[int] = set()
    for field in page_type._meta.concrete_fields:
        raw = content.get(field.name)
        if isinstance(field, StreamField):
            used |= wanted_by(field.to_python(raw)).get(model, set())
        elif isinstance(field, ForeignKey) and field.related_model is model:
            used |= {key_of(model, raw)} - {None}
    return used


def named(places: list[str]) -> str:
    words = ", ".join(f"“{place}”" for place in places[:NAMED])
    left = len(places) - NAMED
    return f"{words} and {left} more" if left > 0 else words


class KeepsWhatIsShown:
    """For forms: who may not publish a page may not change what it shows either."""

    shown: frozenset[str]

    def __init__(self, *args, user: User | None = None, **kwargs) -> None:
        super().__init__(*args, user=user, **kwargs)
        self.user = user

    def clean(self) -> dict:
        cleaned = super().clean()
        if (
            self.shown.intersection(self.changed_data)
            and self.user
            and self.instance.pk
            and not page_permission_policy.user_has_permission(self.user, "publish")
            and (places := where_shown(self.instance).get(self.instance.pk))
        ):
            kind = _kind(self.instance)
            self.add_error(
                None,
                f"Readers see this {kind} as it is, or soon will: {named(places)}. "
                f"Ask a publisher to change it, or add another {kind}.",
            )
        return cleaned


def _kind(item: Model) -> str:
    return "picture" if isinstance(item, ClinicImage) else "document"


def _refusals(*items: Model) -> list[str]:
    shown = where_shown(*items)
    return [
        f"“{item}” was not deleted. Readers see this {_kind(item)}, or soon will: "
        f"{named(shown[item.pk])}. Take it out there, and have that published, first."
        for item in items
        if item.pk in shown
    ]


def refuse_to_delete_several(
    request: HttpRequest, action_type: str, objects: list[Model], action: BulkAction
) -> HttpResponse | None:
    """All or none: who chose them looks again."""
    if action_type != "delete" or action.model not in (
        ClinicImage,
        get_document_model(),
    ):
        return None
    refusals = _refusals(*objects)
    for words in refusals:
        messages.error(request, words)
    return redirect(action.next_url) if refusals else None


def delete_urls() -> list[URLPattern]:
    """Wagtail has no hook before one of these is deleted."""
    document = get_document_model()
    return [
        _guarded("images/<int:image_id>/delete/", ClinicImage, images),
        _guarded("images/multiple/<int:image_id>/delete/", ClinicImage, many_images),
        _guarded("documents/delete/<int:document_id>/", document, documents),
        _guarded("documents/multiple/<int:doc_id>/delete/", document, many_documents),
    ]


def _guarded(route: str, model: type[Model], views) -> URLPattern:
    delete = views.DeleteView.as_view()

    def view(request: HttpRequest, **kwargs: int) -> HttpResponse:
        [key] = kwargs.values()
        item = get_object_or_404(model, pk=key)
        may = policy_registry.get_by_type(model).user_has_permission_for_instance
        if not may(request.user, "delete", item) or not (refusals := _refusals(item)):
            return delete(request, **kwargs)
        if request.headers.get("x-requested-with") == "XMLHttpRequest":
            return JsonResponse({"success": False, "error": refusals[0]}, status=409)
        messages.error(request, refusals[0])
        return redirect(item.usage_url)

    return path(route, view)
