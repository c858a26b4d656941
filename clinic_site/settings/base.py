"""Everything the site is set to, secure by default.

The environment is read here and nowhere else; dev, production and test only
override. `.env.example` documents each variable.
"""

from datetime import timedelta
from email.utils import parseaddr
from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent.parent

env = environ.Env()
if (BASE_DIR / ".env").is_file():
    env.read_env(BASE_DIR / ".env")
# `NAME=` in a file means the same as no line at all.
env.ENVIRON = {name: value for name, value in env.ENVIRON.items() if value}

# Core

DEBUG = env.bool("DEBUG", default=False)
DEV_MAIL = False
SECRET_KEY = env.str("SECRET_KEY", default="")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[])
PORT = env.str("PORT", default="8000")  # where `make run` listens
BASE_URL = env.str("BASE_URL", default=f"http://127.0.0.1:{PORT}").rstrip("/")
CSRF_TRUSTED_ORIGINS = [BASE_URL] if BASE_URL.startswith("https://") else []

# What the site writes at run time: database, media, mail files, static root.
VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var")))

INSTALLED_APPS = [
    "clinic_site.pages",
    "articles",
    "consultations",
    "clinic_site.core",
    "clinic_site.users",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.sitemaps",
    "wagtail.contrib.typed_table_block",
    "wagtail.documents",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "crispy_forms",
    "csp",
    "django_countries",
    "django_filters",
    "django_tasks",
    "django_tasks_db",
    "phonenumber_field",
    "post_office",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "clinic_site.core.middleware.RequestLogMiddleware",
    "clinic_site.core.middleware.SecurityHeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "clinic_site.core.middleware.ContentSecurityPolicyMiddleware",
    "clinic_site.core.middleware.RequestGuardMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "clinic_site.core.sign_in.SignInMiddleware",
    "clinic_site.core.rate_limit.RateLimitMiddleware",
    "clinic_site.core.middleware.RefusalMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "clinic_site.urls"
WSGI_APPLICATION = "clinic_site.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "clinic_site.core.context.site",
            ],
        },
    }
]
CRISPY_ALLOWED_TEMPLATE_PACKS = "clinic"
CRISPY_TEMPLATE_PACK = "clinic"

# Database: SQLite out of the box, PostgreSQL by DATABASE_URL

DATABASES = {
    "default": env.db_url("DATABASE_URL", default=f"sqlite:///{VAR_DIR}/db.sqlite3")
}
if "sqlite3" in DATABASES["default"]["ENGINE"]:
    DATABASES["default"]["OPTIONS"] = {
        # IMMEDIATE takes the write lock at the start, so writers queue instead
        # of failing half-way with "database is locked".
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        # FULL: what was acknowledged to a visitor survives a power cut.
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
            "PRAGMA foreign_keys=ON; PRAGMA mmap_size=134217728;"
        ),
    }
elif "postgresql" in DATABASES["default"]["ENGINE"]:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
else:
    raise ImproperlyConfigured(
        "DATABASE_URL must begin with postgres:// or sqlite:///. "
        "Nothing else has been tried with this site."
    )

# Cache: in-process by default; rate limits are shared between processes only by
# a database or Redis cache.

CACHES = {"default": env.cache_url("CACHE_URL", default="locmemcache://")}
# Room for the rate limits of many addresses; the default is 300.
CACHES["default"].setdefault("OPTIONS", {})
if "redis" not in CACHES["default"]["BACKEND"]:
    CACHES["default"]["OPTIONS"]["MAX_ENTRIES"] = 100_000

# Background work: rows in the same database, run by `manage.py worker`

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
WORKER_LATE_AFTER = timedelta(minutes=2)  # /readyz calls the worker late

# Mail: queued as rows, delivered by the worker over EMAIL_URL

EMAIL_URL_IS_SET = "EMAIL_URL" in env.ENVIRON
_delivery = env.email_url("EMAIL_URL", default="smtp://localhost:25")
EMAIL_HOST = _delivery["EMAIL_HOST"]
EMAIL_PORT = _delivery["EMAIL_PORT"]
EMAIL_HOST_USER = _delivery["EMAIL_HOST_USER"]
EMAIL_HOST_PASSWORD = _delivery["EMAIL_HOST_PASSWORD"]
EMAIL_USE_TLS = _delivery.get("EMAIL_USE_TLS", False)
EMAIL_USE_SSL = _delivery.get("EMAIL_USE_SSL", False)
EMAIL_BACKEND = "clinic_site.core.mail.QueueBackend"
EMAIL_TIMEOUT = 15
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
POST_OFFICE = {
    "BACKENDS": {"default": _delivery["EMAIL_BACKEND"]},
    # One mail at a time: a killed worker then repeats none that was sent.
    "BATCH_SIZE": 1,
    "THREADS_PER_PROCESS": 1,
    # Every five minutes for three days.
    "RETRY_INTERVAL": timedelta(minutes=5),
    "MAX_RETRIES": 3 * 24 * 12,
    "SENDING_ORDER": ["-priority", "id"],
    "LOG_LEVEL": 1,
    "MESSAGE_ID_ENABLED": True,
    "MESSAGE_ID_FQDN": parseaddr(DEFAULT_FROM_EMAIL)[1].partition("@")[2]
    or "localhost",
}

# Files

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = Path(env.str("MEDIA_ROOT", default=str(VAR_DIR / "media")))
# Patients' photos: encrypted, outside MEDIA_ROOT, served by one view that checks.
PRIVATE_MEDIA_ROOT = Path(
    env.str("PRIVATE_MEDIA_ROOT", default=str(VAR_DIR / "private"))
)
# True where no web server in front serves MEDIA_ROOT.
SERVE_MEDIA = env.bool("SERVE_MEDIA", default=False)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_ALLOW_ALL_ORIGINS = False
FILE_UPLOAD_PERMISSIONS = 0o640
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o750

# What may be sent to us

DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024  # everything but files
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000  # Wagtail's page editor sends many
REQUEST_MAX_BYTES = 64 * 1024 * 1024  # five photos of 12 MB and the form
# Photos as they were sent, while they are read. Nobody else may look; the clean-up
# removes what a crash leaves behind.
FILE_UPLOAD_TEMP_DIR = VAR_DIR / "incoming"
FILE_UPLOAD_TEMP_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
PHOTO_MAX_BYTES = 12 * 1024 * 1024
PHOTO_MAX_PIXELS = 60_000_000

# Staff accounts

AUTH_USER_MODEL = "users.User"
LOGIN_URL = "wagtailadmin_login"
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": (
            "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"
        )
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
SESSION_COOKIE_AGE = 10 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = False  # Wagtail's admin scripts read it
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_AGE = None  # forgotten when the browser closes
CSRF_FAILURE_VIEW = "clinic_site.core.errors.csrf_failure"

# Health data: AES-256-GCM keys, newest first, as "id:base64 of 32 bytes"

ENCRYPTION_KEYS = env.list("ENCRYPTION_KEYS", default=[])

# Proxies in front of the site that append to X-Forwarded-For. With 0 the header
# is ignored, so a visitor cannot invent an address.
PROXY_COUNT = env.int("PROXY_COUNT", default=0)

# The demo's accounts get this password; without it each gets a random one.
DEMO_PASSWORD = env.str("DEMO_PASSWORD", default="")

# Headers

# Sent by our own middleware. No preload list: getting off it takes months.
HSTS_SECONDS = 2 * 365 * 24 * 60 * 60
SECURE_REFERRER_POLICY = "same-origin"
# Our own middleware sends X-Frame-Options, one value for pages, one for the admin,
# and Strict-Transport-Security.
SILENCED_SYSTEM_CHECKS = ["security.W002", "security.W004"]
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "object-src": ["'none'"],
    }
}
# The Wagtail 8 admin starts its date pickers with inline scripts, sets inline
# styles and shows previews in frames; nothing looser than that is allowed.
ADMIN_CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        **CONTENT_SECURITY_POLICY["DIRECTIVES"],
        "default-src": ["'self'"],
        "script-src": ["'self'", "'unsafe-inline'"],
        "style-src": ["'self'", "'unsafe-inline'"],
        "img-src": ["'self'", "data:", "blob:"],
        "frame-src": ["'self'"],
        "frame-ancestors": ["'self'"],
    }
}

# Language and time: UTC inside, London on screen

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = True
PHONENUMBER_DEFAULT_REGION = "GB"

# Wagtail

WAGTAIL_SITE_NAME = "Clinic"
WAGTAILADMIN_BASE_URL = BASE_URL
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]  # a diary is read by the clinic's own clock
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = True
WAGTAILADMIN_NOTIFICATION_USE_HTML = True
# A superuser got two mails of each submission; the group of a step is told of it.
WAGTAILADMIN_NOTIFICATION_INCLUDE_SUPERUSERS = False
WAGTAIL_FINISH_WORKFLOW_ACTION = "articles.editorial.finish.publish_approved"
WAGTAIL_AUTOSAVE_INTERVAL = 3000
WAGTAILIMAGES_IMAGE_MODEL = "core.ClinicImage"
WAGTAILIMAGES_IMAGE_FORM_BASE = "clinic_site.core.image_form.ClinicImageForm"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "clinic_site.core.document_form.ClinicDocumentForm"
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp", "avif", "heic"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 60_000_000
WAGTAILDOCS_EXTENSIONS = ["pdf"]
WAGTAILDOCS_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
WAGTAILEMBEDS_FINDERS = []  # no request to third parties
WAGTAILSEARCH_BACKENDS = {
    "default": {
        "BACKEND": "wagtail.search.backends.database",
        "SEARCH_CONFIG": "english",
    }
}

# Logs: one line of JSON each, no query strings, bodies, addresses or names

LOG_LEVEL = env.str("LOG_LEVEL", default="INFO")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"request_id": {"()": "clinic_site.core.logs.RequestIdFilter"}},
    "formatters": {"json": {"()": "clinic_site.core.logs.JsonFormatter"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "filters": ["request_id"],
            "formatter": "json",
        },
        "nowhere": {"class": "logging.NullHandler"},
    },
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
    "loggers": {
        # No handlers of their own: Django's mails errors with the request in it.
        "django": {"handlers": [], "level": LOG_LEVEL},
        # The request log has a line for each 404 already.
        "django.request": {"level": "ERROR"},
        "django.server": {"handlers": [], "level": LOG_LEVEL},
        "django_tasks": {"level": "WARNING"},
        "django_tasks_db": {"level": "WARNING"},
        # Prints addresses through a handler of its own, unless it has one already.
        "post_office": {"handlers": ["nowhere"], "propagate": False},
        "PIL": {"level": "INFO"},
        "wagtail": {"level": "WARNING"},  # says page titles at every save
    },
}
