"""The rate limit over a real Redis, as several web processes share it."""

import os
import shutil
import socket
import subprocess

import environ
import pytest
import redis
from django.core.cache import caches

from tests.waiting import until

REDIS = shutil.which("redis-server")


@pytest.fixture
def redis_cache(settings, tmp_path):
    if REDIS is None:
        end = pytest.fail if os.environ.get("REQUIRE_ALL") == "1" else pytest.skip
        end("Redis is missing: apt-get install redis-server")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen(
        [REDIS, "--port", str(port), "--bind", "127.0.0.1", "--save", ""],
        cwd=tmp_path,
        stdout=subprocess.DEVNULL,
    )
    url = f"rediscache://127.0.0.1:{port}/0"
    settings.CACHES = {"default": environ.Env.cache_url_config(url)}

    def answers() -> bool:
        try:
            return caches["default"].get("nothing") is None
        except redis.ConnectionError:
            return False

    until(answers)
    yield
    caches["default"].close()
    server.terminate()
    server.wait()


@pytest.mark.django_db
def test_searches_are_counted_in_redis(redis_cache, client):
    answers = [client.get("/search/").status_code for _ in range(61)]
    assert answers == [200] * 60 + [429]
    assert client.get("/readyz").json()["cache"] == "ok"
