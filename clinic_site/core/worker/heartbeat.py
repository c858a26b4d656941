from datetime import datetime

from django.conf import settings
from django.utils import timezone

from ..models import Heartbeat

WORKER = "worker"


def record(name: str) -> None:
    Heartbeat.objects.update_or_create(name=name, defaults={"beat_at": timezone.now()})


def last_beats() -> dict[str, datetime]:
    return dict(Heartbeat.objects.values_list("name", "beat_at"))


def worker_state() -> str:
    """One of "ok", "late" and "missing" (never seen)."""
    beat = Heartbeat.objects.filter(name=WORKER).first()
    if beat is None:
        return "missing"
    is_late = timezone.now() - beat.beat_at > settings.WORKER_LATE_AFTER
    return "late" if is_late else "ok"
