"""Mails about online consultations: no answer, no photo, a link for staff."""

from clinic_site.core import mail
from clinic_site.core.models import ClinicSettings

from ..records.emails import staff_context
from .models import OnlineConsultation


def consultation_received(consultation: OnlineConsultation) -> None:
    context = {
        "consultation": consultation,
        "clinic": ClinicSettings.of_default_site(),
    }
    mail.queue(
        "consultations/consultation_received",
        to=[consultation.email],
        context=context,
    )


def tell_staff(consultation: OnlineConsultation) -> None:
    clinic_settings = ClinicSettings.of_default_site()
    if clinic_settings.notify_online:
        mail.queue(
            "consultations/tell_staff",
            to=[clinic_settings.notify_online],
            context=staff_context(consultation),
        )
