"""On a server. Refuses to start, in words, with what would be unsafe."""

from base64 import b64decode

from django.core.exceptions import ImproperlyConfigured

from .base import *  # noqa: F403
from .base import (
    ALLOWED_HOSTS,
    BASE_URL,
    DEBUG,
    DEFAULT_FROM_EMAIL,
    ENCRYPTION_KEYS,
    SECRET_KEY,
)

EXAMPLE_MARKS = ("dev-only", "test-only", "change-me", "example", "insecure")


def is_example(key: str) -> bool:
    """Whether it is one of the keys that development and tests use."""
    secret = b64decode(key.partition(":")[2] + "===", validate=False)
    return any(mark.encode() in secret for mark in EXAMPLE_MARKS)


def problems() -> list[str]:
    """What keeps the site from starting, one sentence each."""
    found = []
    if DEBUG:
        found.append("DEBUG is on; a server must not show its inside. Unset DEBUG.")
    if not SECRET_KEY:
        found.append("SECRET_KEY is missing. Set it to 50 or more random characters.")
    elif len(SECRET_KEY) < 50 or any(mark in SECRET_KEY for mark in EXAMPLE_MARKS):
        found.append(
            "SECRET_KEY is short or an example. Set it to 50 or more random characters."
        )
    if not ALLOWED_HOSTS or "*" in ALLOWED_HOSTS:
        found.append("ALLOWED_HOSTS must name the site's host names.")
    if not BASE_URL.startswith("https://"):
        found.append("BASE_URL must be the public address and begin with https://.")
    if not DEFAULT_FROM_EMAIL:
        found.append("DEFAULT_FROM_EMAIL must be the address mails come from.")
    if not ENCRYPTION_KEYS:
        found.append(
            "ENCRYPTION_KEYS is missing. `manage.py make_encryption_key` prints one."
        )
    elif any(is_example(key) for key in ENCRYPTION_KEYS):
        found.append(
            "ENCRYPTION_KEYS holds an example, which anybody can read. "
            "`manage.py make_encryption_key` prints a new one."
        )
    return found


if _found := problems():
    raise ImproperlyConfigured(
        "The site does not start with these settings:\n- " + "\n- ".join(_found)
    )

# The proxy ends TLS and sets this header itself (see README, deployment).
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-session"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrf"
