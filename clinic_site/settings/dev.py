"""On one's own machine: `make run`, `manage.py runserver`. Never on a server."""

from .base import *  # noqa: F403
from .base import (
    ALLOWED_HOSTS,
    DEFAULT_FROM_EMAIL,
    EMAIL_URL_IS_SET,
    ENCRYPTION_KEYS,
    POST_OFFICE,
    SECRET_KEY,
    VAR_DIR,
)

SECRET_KEY = SECRET_KEY or "dev-only-key-that-production-refuses-0123456789abcdef"
ENCRYPTION_KEYS = ENCRYPTION_KEYS or [
    "dev:ZGV2LW9ubHkta2V5LXByb2R1Y3Rpb24tcmVmdXNlcyE="
]
ALLOWED_HOSTS = [*ALLOWED_HOSTS, "localhost", "127.0.0.1", "[::1]"]
SERVE_MEDIA = True

# Mails become files that /dev/mail/ lists, unless EMAIL_URL names a server.
DEV_MAIL = not EMAIL_URL_IS_SET
EMAIL_FILE_PATH = VAR_DIR / "mail"
DEFAULT_FROM_EMAIL = (
    DEFAULT_FROM_EMAIL or "Larkfield Hair Clinic <hello@larkfield.example>"
)
if DEV_MAIL:
    POST_OFFICE = {
        **POST_OFFICE,
        "BACKENDS": {"default": "django.core.mail.backends.filebased.EmailBackend"},
    }
