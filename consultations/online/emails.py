"""Mails about online consultations: no answer, no photo, a link for staff."""

from clinic_site.core import mail
from clinic_site.core.models import ClinicSettings

from ..records import emails
from .models import OnlineConsultation


def consultation_received(consultation: OnlineConsultation) -> None:
    clinic = ClinicSettings.of_default_site()
    context = {"consultation": consultation, "clinic": clinic}
    mail.queue(
        "consultations/consultation_received",
        to=[consultation.email],
        sender=str(clinic.sender()),
        context=context,
    )
    emails.tell_staff(consultation, address=clinic.notify_online)
