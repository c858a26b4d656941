from django.apps import AppConfig


class ConsultationsConfig(AppConfig):
    name = "consultations"
    label = "consultations"

    def ready(self) -> None:
        from clinic_site.core.encryption import register_rotator

        # These register jobs in the worker's timetable.
        from . import retention  # noqa: F401
        from .bookings import reminders  # noqa: F401
        from .diary import bank_holidays  # noqa: F401
        from .online.services import rotate_photos
        from .waiting import offers  # noqa: F401

        register_rotator("photos", rotate_photos)
