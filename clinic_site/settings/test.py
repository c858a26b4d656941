"""For the test suite: `make test`."""

import tempfile
from pathlib import Path

from .base import *  # noqa: F403
from .base import DATABASES, POST_OFFICE, VAR_DIR

_files = Path(tempfile.mkdtemp(prefix="clinic-test-"))

SECRET_KEY = "test-only-key-that-production-refuses-0123456789abcdef"
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
# Two keys: what was written under the older one must stay readable.
ENCRYPTION_KEYS = [
    "new:dGVzdC1vbmx5LWtleS1udW1iZXItdHdvLTMyYnl0ZSE=",
    "old:dGVzdC1vbmx5LWtleS1udW1iZXItb25lLTMyYnl0ZSE=",
]
DEFAULT_FROM_EMAIL = "Larkfield Hair Clinic <hello@larkfield.example>"
POST_OFFICE = {**POST_OFFICE, "MESSAGE_ID_FQDN": "larkfield.example"}

if "sqlite3" in DATABASES["default"]["ENGINE"]:
    # A file, as in use: an in-memory database has neither WAL nor other processes.
    # Each run has its own; with DATABASE_URL given, `pytest --reuse-db` keeps it.
    _name = Path(f"{DATABASES['default']['NAME']}.test")
    if _name.parent == VAR_DIR:
        _name = _files / _name.name
    _name.parent.mkdir(parents=True, exist_ok=True)
    DATABASES["default"]["TEST"] = {"NAME": str(_name)}

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True  # no collected files in tests
MEDIA_ROOT = _files / "media"
PRIVATE_MEDIA_ROOT = _files / "private"
STATIC_ROOT = _files / "static"
SERVE_MEDIA = True
