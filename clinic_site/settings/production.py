"""On a server. Refuses to start, in words, with what would be unsafe."""

from django.core.exceptions import ImproperlyConfigured

from clinic_site.core.encryption.keys import parse_keys

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
    return found + key_problems()


def key_problems() -> list[str]:
    try:
        keys = parse_keys(ENCRYPTION_KEYS)
    except ImproperlyConfigured as error:
        return [str(error)]
    if any(mark.encode() in key for key in keys.values() for mark in EXAMPLE_MARKS):
        return [
            "ENCRYPTION_KEYS holds an example, which anybody can read. "
            "`manage.py make_encryption_key` prints a new one."
        ]
    return []


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
