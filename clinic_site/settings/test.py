"""For the test suite: `make test`."""

import tempfile
from pathlib import Path

from .base import *  # noqa: F403
from .base import DATABASES, POST_OFFICE

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
    _name = Path(f"{DATABASES['default']['NAME']}.test")
    _name.parent.mkdir(parents=True, exist_ok=True)
    DATABASES["default"]["TEST"] = {"NAME": str(_name)}

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True  # no collected files in tests
_files = Path(tempfile.mkdtemp(prefix="clinic-test-"))
MEDIA_ROOT = _files / "media"
PRIVATE_MEDIA_ROOT = _files / "private"
STATIC_ROOT = _files / "static"
SERVE_MEDIA = True
