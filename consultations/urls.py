from django.urls import path

from .bookings import views as bookings
from .online import views as online

urlpatterns = [
    path("free-consultation/", bookings.book, name="book"),
    path(
        "free-consultation/received/<slug:reference>/",
        bookings.booking_received,
        name="booking_received",
    ),
    path("online-consultation/", online.consult_online, name="consult_online"),
    path(
        "online-consultation/received/<slug:reference>/",
        online.consultation_received,
        name="consultation_received",
    ),
]
