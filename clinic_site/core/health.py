"""For whatever watches the site: is it up, and can it do its work?"""

import logging
import secrets
from collections.abc import Callable
from functools import cache as remember

from django.core.cache import cache
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from .worker.heartbeat import worker_state

logger = logging.getLogger(__name__)


class NotReady(Exception):
    pass


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers.

    Touches nothing: a database that is down must not get the site restarted
    over and over.
    """
    response = HttpResponse("ok", content_type="text/plain")
    response["Cache-Control"] = "no-store"
    return response


@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """What the site needs, each in one word; 503 unless all are "ok"."""
    parts = {
        "database": state_of(check_database),
        "migrations": state_of(check_migrations),
        "cache": state_of(check_cache),
        "worker": state_of(worker_state),
    }
    is_ready = set(parts.values()) == {"ok"}
    response = JsonResponse(parts, status=200 if is_ready else 503)
    response["Cache-Control"] = "no-store"
    return response


def state_of(check: Callable[[], str]) -> str:
    try:
        return check()
    except Exception:
        logger.warning("not ready: %s", check.__name__, exc_info=True)
        return "failed"


def check_database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return "ok"


@remember
def check_migrations() -> str:
    """Raises while some are to be applied; a good answer holds for the process."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise NotReady
    return "ok"


def check_cache() -> str:
    token = secrets.token_hex(8)
    cache.set("readyz", token, timeout=10)
    # Another process may have written since: any answer will do.
    if cache.get("readyz") is None:
        raise NotReady
    return "ok"
