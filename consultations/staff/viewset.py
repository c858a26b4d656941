from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import path
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet

from . import cases, inbox


class ConsultationsMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return cases.may_view(request.user)


class ConsultationsViewSet(ViewSet):
    """The section of the admin for what visitors sent.

    Wagtail's ModelViewSet is not used: it adds, copies, exports and deletes, and
    writes into Wagtail's own log. None of that may happen to health data.
    """

    name = "consultations"
    icon = "mail"
    add_to_admin_menu = True
    menu_label = "Consultations"
    menu_order = 110
    menu_item_class = ConsultationsMenuItem

    def get_urlpatterns(self) -> list:
        results = inbox.InboxView.as_view(results_only=True)
        return [
            path("", inbox.InboxView.as_view(), name="inbox"),
            path("results/", results, name="inbox_results"),
            path("<uuid:pk>/", cases.CaseView.as_view(), name="case"),
            path("<uuid:pk>/status/", cases.change_status, name="change_status"),
            path("<uuid:pk>/notes/", cases.add_note, name="add_note"),
            path(
                "<uuid:pk>/photos/<uuid:photo_pk>/preview/",
                cases.photo,
                {"size": "preview"},
                name="photo_preview",
            ),
            path(
                "<uuid:pk>/photos/<uuid:photo_pk>/",
                cases.photo,
                {"size": "full"},
                name="photo",
            ),
        ]


def permissions() -> QuerySet:
    """What a group may be given, as the group editor lists it."""
    return Permission.objects.filter(content_type__app_label="consultations")
