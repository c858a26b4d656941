from django.apps import AppConfig


class ConsultationsConfig(AppConfig):
    name = "consultations"
    label = "consultations"

    def ready(self) -> None:
        from clinic_site.core.encryption import register_rotator

        # Retention registers the clean-up in the worker's timetable.
        from . import retention  # noqa: F401
        from .online.services import rotate_photos

        register_rotator("photos", rotate_photos)
