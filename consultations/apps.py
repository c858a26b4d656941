from django.apps import AppConfig


class ConsultationsConfig(AppConfig):
    name = "consultations"
    label = "consultations"

    def ready(self) -> None:
        # Registers the clean-up in the worker's timetable.
        from . import retention  # noqa: F401
