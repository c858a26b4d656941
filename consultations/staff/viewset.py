from collections.abc import Callable

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import path, reverse
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem
from wagtail.admin.viewsets.base import ViewSet

from clinic_site.users.models import User

from . import (
    actions,
    add_booking,
    board,
    bookings,
    cases,
    feed_views,
    inbox,
    waiting_list,
)

# Viewsets of this section with `menu_hook = SUBMENU` are listed in its menu too.
SUBMENU = "register_consultations_menu_item"


class ConsultationsMenuItem(MenuItem):
    """Shown to whom its page would let in."""

    def __init__(
        self, label: str, url_name: str, may: Callable[[User], bool], **kwargs
    ) -> None:
        self.may = may
        super().__init__(label, reverse(f"consultations:{url_name}"), **kwargs)

    def is_shown(self, request: HttpRequest) -> bool:
        return self.may(request.user)


def menu_items() -> list[MenuItem]:
    """In the order of the menu; viewsets that list themselves come from 500 on."""
    item, may_view = ConsultationsMenuItem, cases.may_view
    return [
        item("Diary", "board", may_view, icon_name="calendar-alt", order=100),
        item("Bookings", "bookings", may_view, icon_name="calendar-check", order=200),
        item(
            "Add a booking",
            "add_booking",
            cases.may_change_bookings,
            icon_name="plus",
            order=250,
        ),
        item("Waiting list", "waiting_list", may_view, icon_name="list-ol", order=300),
        item("Inbox", "inbox", may_view, icon_name="mail", order=400),
    ]


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

    def get_menu_item(self, order: int | None = None) -> MenuItem:
        return SubmenuMenuItem(
            self.menu_label,
            Menu(register_hook_name=SUBMENU, items=menu_items()),
            name="consultations",
            icon_name=self.menu_icon,
            order=self.get_menu_item_order(order),
        )

    def get_urlpatterns(self) -> list:
        results = inbox.InboxView.as_view(results_only=True)
        booking_results = bookings.BookingsView.as_view(results_only=True)
        return [
            path("", inbox.InboxView.as_view(), name="inbox"),
            path("results/", results, name="inbox_results"),
            path("diary/", board.BoardView.as_view(), name="board"),
            path("diary/print/", board.print_day, name="board_print"),
            path("diary/feeds/", feed_views.FeedsView.as_view(), name="feeds"),
            path(
                "diary/feeds/<int:pk>/revoke/",
                feed_views.revoke_feed,
                name="revoke_feed",
            ),
            path("bookings/", bookings.BookingsView.as_view(), name="bookings"),
            path("bookings/results/", booking_results, name="bookings_results"),
            path(
                "waiting-list/",
                waiting_list.WaitingListView.as_view(),
                name="waiting_list",
            ),
            path(
                "waiting-list/results/",
                waiting_list.WaitingListView.as_view(results_only=True),
                name="waiting_list_results",
            ),
            path(
                "<uuid:pk>/take-off-waiting-list/",
                waiting_list.take_off,
                name="take_off_waiting_list",
            ),
            path(
                "<uuid:pk>/put-back-on-waiting-list/",
                waiting_list.put_back,
                name="put_back_on_waiting_list",
            ),
            path("<uuid:pk>/", cases.CaseView.as_view(), name="case"),
            path("bookings/add/", add_booking.add_booking, name="add_booking"),
            path("<uuid:pk>/confirm/", actions.confirm_booking, name="confirm_booking"),
            path("<uuid:pk>/cancel/", actions.cancel_booking, name="cancel_booking"),
            path("<uuid:pk>/move/", actions.move_booking, name="move_booking"),
            path(
                "<uuid:pk>/attendance/", actions.mark_attendance, name="mark_attendance"
            ),
            path(
                "<uuid:pk>/attendance/undo/",
                actions.undo_attendance,
                name="undo_attendance",
            ),
            path("<uuid:pk>/status/", cases.change_status, name="change_status"),
            path(
                "<uuid:pk>/open-link-again/",
                cases.open_link_again,
                name="open_link_again",
            ),
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
