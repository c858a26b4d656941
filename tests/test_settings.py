"""Production refuses to start, in words."""

import os
import subprocess
import sys

import pytest

GOOD = {
    "DJANGO_SETTINGS_MODULE": "clinic_site.settings.production",
    "SECRET_KEY": "kq8v#2m!x0z7w5r9t3y6u1i4o8p2a5s7d9f0g3h6j8k1l4z7x0c",
    "ALLOWED_HOSTS": "clinic.test",
    "BASE_URL": "https://clinic.test",
    "DEFAULT_FROM_EMAIL": "hello@clinic.test",
    "ENCRYPTION_KEYS": "a:MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=",
}


def start(**changes) -> subprocess.CompletedProcess:
    environment = {"PATH": os.environ["PATH"], **GOOD, **changes}
    return subprocess.run(
        [sys.executable, "manage.py", "check"],
        env={name: value for name, value in environment.items() if value is not None},
        capture_output=True,
        text=True,
        check=False,
    )


def test_it_starts_with_good_settings():
    result = start()
    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"DEBUG": "1"}, "DEBUG is on"),
        ({"SECRET_KEY": None}, "SECRET_KEY is missing"),
        ({"SECRET_KEY": "change-me" + "x" * 60}, "SECRET_KEY is short or an example"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY is short or an example"),
        ({"ALLOWED_HOSTS": None}, "ALLOWED_HOSTS must name"),
        ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS must name"),
        ({"BASE_URL": "http://clinic.test"}, "BASE_URL must"),
        ({"ENCRYPTION_KEYS": None}, "ENCRYPTION_KEYS is empty"),
        ({"ENCRYPTION_KEYS": "a:short"}, "what follows the colon is not base64"),
        ({"ENCRYPTION_KEYS": "a:c2hvcnQ="}, "has 5 bytes and needs 32"),
        ({"DATABASE_URL": "mysql://a:b@localhost/c"}, "DATABASE_URL must begin with"),
    ],
)
def test_it_refuses_unsafe_settings_in_words(changes, words):
    result = start(**changes)
    assert result.returncode != 0
    # The last line of a refusal is its words; the source above quotes itself.
    refusal = result.stderr.rpartition("ImproperlyConfigured")[2]
    assert words in refusal


def test_it_refuses_the_key_of_the_development_settings():
    result = start(ENCRYPTION_KEYS="dev:ZGV2LW9ubHkta2V5LXByb2R1Y3Rpb24tcmVmdXNlcyE=")
    assert result.returncode != 0
    assert "example" in result.stderr


def test_variables_left_empty_count_as_not_given():
    empty = dict.fromkeys(
        ("DATABASE_URL", "CACHE_URL", "EMAIL_URL", "PROXY_COUNT", "LOG_LEVEL"), ""
    )
    result = start(**empty, VAR_DIR="", MEDIA_ROOT="", PRIVATE_MEDIA_ROOT="")
    assert result.returncode == 0, result.stderr
