"""Mails about free consultations: no note, no health data, a link for staff."""

from clinic_site.core import mail
from clinic_site.core.models import ClinicSettings

from ..records.emails import staff_context
from .models import FreeConsultation


def booking_received(booking: FreeConsultation) -> None:
    clinic_settings = ClinicSettings.of_default_site()
    context = {"booking": booking, "clinic": clinic_settings}
    mail.queue("consultations/booking_received", to=[booking.email], context=context)


def tell_staff(booking: FreeConsultation) -> None:
    clinic_settings = ClinicSettings.of_default_site()
    if clinic_settings.notify_bookings:
        mail.queue(
            "consultations/tell_staff",
            to=[clinic_settings.notify_bookings],
            context=staff_context(booking),
        )
