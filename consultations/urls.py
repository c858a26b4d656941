from django.urls import path, re_path, register_converter

from .bookings import change_views, draft_views, move_views, other_time_views, views
from .bookings.way import DayConverter
from .online import views as online
from .staff import feed_views
from .waiting import entry_views as waiting_entries
from .waiting import views as waiting

register_converter(DayConverter, "day")

urlpatterns = [
    path(
        "free-consultation/waiting-list/<slug:kind>/",
        waiting.join_waiting_list,
        name="join_waiting_list",
    ),
    path(
        "free-consultation/waiting-list/<slug:kind>/<slug:clinic>/",
        waiting.join_waiting_list,
        name="join_waiting_list",
    ),
    path(
        "waiting-list/joined/<slug:reference>/",
        waiting.waiting_list_joined,
        name="waiting_list_joined",
    ),
    path(
        "waiting-list/<str:token>/",
        waiting_entries.waiting_entry,
        name="waiting_entry",
    ),
    path(
        "waiting-list/<str:token>/leave/",
        waiting_entries.leave,
        name="leave_waiting_list",
    ),
    path(
        "waiting-list/<str:token>/rejoin/",
        waiting_entries.rejoin,
        name="rejoin_waiting_list",
    ),
    path(
        "waiting-list/<str:token>/take/",
        waiting_entries.take,
        name="take_waiting_offer",
    ),
    path(
        "waiting-list/<str:token>/decline/",
        waiting_entries.decline,
        name="decline_waiting_offer",
    ),
    re_path(r"^waiting-list/[^/]+/.+/$", waiting_entries.elsewhere),
    path("free-consultation/", views.start, name="book"),
    path(
        "free-consultation/booking/<str:token>/",
        draft_views.details,
        name="booking_details",
    ),
    path(
        "free-consultation/booking/<str:token>/keep/",
        draft_views.keep,
        name="keep_booking_time",
    ),
    path(
        "free-consultation/booking/<str:token>/time/",
        other_time_views.choose_time,
        name="booking_time",
    ),
    path(
        "free-consultation/booking/<str:token>/check/",
        draft_views.check,
        name="booking_check",
    ),
    path(
        "free-consultation/booking/<str:token>/booked/",
        draft_views.done,
        name="booking_done",
    ),
    path(
        "free-consultation/booking/<str:token>/booked/appointment.ics",
        draft_views.calendar,
        name="booking_calendar",
    ),
    re_path(r"^free-consultation/booking/.+/$", draft_views.elsewhere),
    # After all other addresses below /free-consultation/: kinds have any name.
    path("free-consultation/<slug:kind>/", views.choose_day, name="choose_day"),
    path(
        "free-consultation/<slug:kind>/<day:day>/",
        views.choose_time,
        name="choose_time",
    ),
    path(
        "free-consultation/<slug:kind>/<slug:clinic>/",
        views.choose_day,
        name="choose_day",
    ),
    path(
        "free-consultation/<slug:kind>/<slug:clinic>/<day:day>/",
        views.choose_time,
        name="choose_time",
    ),
    path(
        "appointment/<str:token>/", change_views.change_booking, name="change_booking"
    ),
    path(
        "appointment/<str:token>/cancel/",
        change_views.take_step,
        {"step": change_views.CANCEL},
        name="cancel_booking",
    ),
    path(
        "appointment/<str:token>/undo/",
        change_views.take_step,
        {"step": change_views.UNDO},
        name="undo_cancelling",
    ),
    path(
        "appointment/<str:token>/reminders/",
        change_views.take_step,
        {"step": change_views.STOP_REMINDERS},
        name="stop_reminders",
    ),
    path("appointment/<str:token>/move/", move_views.move_booking, name="move_booking"),
    re_path(r"^appointment/[^/]+/.+/$", change_views.elsewhere),
    path("online-consultation/", online.consult_online, name="consult_online"),
    path(
        "online-consultation/received/<slug:reference>/",
        online.consultation_received,
        name="consultation_received",
    ),
    path("diary-feed/<str:token>.ics", feed_views.diary_feed, name="diary_feed"),
    # Else a page is looked for, and its path would be logged, with the secret in it.
    re_path(r"^diary-feed/", feed_views.no_feed),
]
