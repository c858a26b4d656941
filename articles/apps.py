from django.apps import AppConfig


class ArticlesConfig(AppConfig):
    name = "articles"
    label = "articles"

    def ready(self) -> None:
        # They register jobs in the worker's timetable.
        from .editorial import audit, review  # noqa: F401
        from .feedback import retention  # noqa: F401
