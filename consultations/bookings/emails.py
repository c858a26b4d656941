"""Mails about free consultations: no note, no health data, a link for staff."""

from clinic_site.core import mail
from clinic_site.core.models import ClinicSettings

from ..records import emails
from .models import FreeConsultation


def booking_received(booking: FreeConsultation) -> None:
    clinic = ClinicSettings.of_default_site()
    context = {"booking": booking, "clinic": clinic}
    mail.queue("consultations/booking_received", to=[booking.email], context=context)
    emails.tell_staff(booking, address=clinic.notify_bookings)
