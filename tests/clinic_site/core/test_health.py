from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from clinic_site.core import health
from clinic_site.core.models import Heartbeat


@pytest.fixture(autouse=True)
def forget_the_answer_about_migrations():
    health.check_migrations.cache_clear()
    yield
    health.check_migrations.cache_clear()


@pytest.fixture
def beat(db) -> Heartbeat:
    return Heartbeat.objects.create(name="worker", beat_at=timezone.now())


def test_healthz_answers_without_the_database(client):
    response = client.get("/healthz")  # the suite blocks the database here

    assert response.status_code == 200
    assert response.content == b"ok"
    assert response["Content-Type"] == "text/plain"
    assert response["Cache-Control"] == "no-store"


def test_readyz_says_that_all_is_well(client, beat, django_assert_num_queries):
    response = client.get("/readyz")

    assert response.status_code == 200
    assert response.json() == {
        "database": "ok",
        "migrations": "ok",
        "cache": "ok",
        "worker": "ok",
    }
    assert response["Cache-Control"] == "no-store"
    with django_assert_num_queries(2):  # the migrations are not asked about again
        client.get("/readyz")


def test_readyz_notices_a_worker_that_is_late(client, beat):
    Heartbeat.objects.update(beat_at=timezone.now() - timedelta(minutes=3))

    response = client.get("/readyz")

    assert response.status_code == 503
    assert response.json()["worker"] == "late"


def test_readyz_notices_a_worker_that_never_ran(client, db):
    assert client.get("/readyz").json()["worker"] == "missing"


def test_readyz_notices_a_migration_that_is_to_be_applied(client, beat):
    migrations = MigrationRecorder(connection).migration_qs
    newest = migrations.filter(app="core").order_by("-id")[0]
    newest.delete()

    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["migrations"] == "failed"

    newest.save()
    assert client.get("/readyz").json()["migrations"] == "ok"


def test_readyz_notices_a_cache_that_keeps_nothing(client, beat, settings):
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}
    }
    cache.clear()

    response = client.get("/readyz")

    assert response.status_code == 503
    assert response.json()["cache"] == "failed"


def test_readyz_survives_a_database_that_is_down_and_tells_no_details(client):
    # The suite blocks the database here: every query raises.
    response = client.get("/readyz")

    assert response.status_code == 503
    assert response.json() == {
        "database": "failed",
        "migrations": "failed",
        "cache": "ok",
        "worker": "failed",
    }


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_they_are_only_read(client, beat, path):
    assert client.head(path).status_code == 200
    assert client.post(path).status_code == 405
