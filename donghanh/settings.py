"""Settings, all by environment; each is described in docs/operations.md."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

import dj_database_url
from django.utils.translation import gettext_lazy as _

PACKAGE = Path(__file__).resolve().parent
BASE = PACKAGE.parent


def _flag(name: str, default: bool) -> bool:
    return os.environ.get(name, "1" if default else "0").lower() in {"1", "true", "yes", "on"}


def _words(name: str, default: str) -> list[str]:
    return [word for word in os.environ.get(name, default).replace(",", " ").split() if word]


# The folder of database, keys and media: everything a backup must hold.
DATA = Path(os.environ.get("DONGHANH_DATA", BASE / "data")).resolve()
PORT = int(os.environ.get("DONGHANH_PORT", "8000"))
HOST = os.environ.get("DONGHANH_HOST", "127.0.0.1")
WORKERS = int(os.environ.get("DONGHANH_WORKERS", "0"))  # 0: one on SQLite, two on PostgreSQL
THREADS = int(os.environ.get("DONGHANH_THREADS", "4"))  # of each process, for pages and API
PACKS = Path(os.environ.get("DONGHANH_PACKS", BASE / "packs")).resolve()
# `donghanh demo` marks its data folder; every command on that folder is then the demo's, on this machine alone.
_DEMO_FOLDER = (DATA / "demo.mark").exists() and HOST in {"127.0.0.1", "localhost", "::1"}
DEMO = _flag("DONGHANH_DEMO", _DEMO_FOLDER)
# required: coordinators and above need TOTP or a passkey; optional: only the demo may say so.
SECOND_FACTOR = os.environ.get("DONGHANH_SECOND_FACTOR", "optional" if _DEMO_FOLDER else "required")
# The address people reach the house by; empty: the one that each request came to.
PUBLIC_URL = os.environ.get("DONGHANH_PUBLIC_URL", "").rstrip("/")

DEBUG = _flag("DONGHANH_DEBUG", False)


def _secret_key() -> str:
    """The environment's key, or one made at first start and kept beside the database."""
    if given := os.environ.get("DONGHANH_SECRET_KEY"):
        return given
    kept = DATA / "secret.key"
    try:
        if not kept.exists():
            DATA.mkdir(parents=True, exist_ok=True)
            fresh = DATA / f"secret.{os.getpid()}"
            with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
                file.write(os.urandom(48).hex())
            with suppress(FileExistsError):
                os.link(fresh, kept)  # whole or not at all: of two first starts one wins
            fresh.unlink()
        return kept.read_text()
    except OSError as refused:
        raise SystemExit(
            f"The data folder {DATA} cannot be used: {refused.strerror}. Set DONGHANH_DATA."
        ) from None


SECRET_KEY = _secret_key()
ALLOWED_HOSTS = _words("DONGHANH_HOSTS", "*" if DEBUG or DEMO else f"127.0.0.1 localhost {HOST}")
CSRF_TRUSTED_ORIGINS = _words("DONGHANH_ORIGINS", PUBLIC_URL)

INSTALLED_APPS = [
    "donghanh",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
]

MIDDLEWARE = [
    # First, so that a bearer's request skips everything that only a browser needs.
    "donghanh.web.api.middleware.BearerFirst",
    "django.middleware.security.SecurityMiddleware",
    "donghanh.web.compressed.CompressedFiles",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "donghanh.web.middleware.Language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "donghanh.web.account.middleware.SignedIn",
    "donghanh.web.middleware.ReadOnlyGets",
    "donghanh.web.middleware.Refusals",
    "donghanh.web.middleware.Headers",
]

ROOT_URLCONF = "donghanh.urls"
WSGI_APPLICATION = "donghanh.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "web" / "templates"],
        "OPTIONS": {
            "libraries": {
                "look": "donghanh.web.templatetags.look",
                "desk": "donghanh.web.templatetags.desk",
            },
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "donghanh.web.context.shared",
            ],
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
        },
    }
]

DATABASE_URL = os.environ.get("DONGHANH_DATABASE_URL", f"sqlite:///{DATA / 'donghanh.sqlite3'}")
DATABASES = {"default": dj_database_url.parse(DATABASE_URL, conn_max_age=None)}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        # FULL: an acknowledged commit survives a power cut, not only a killed process.
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
        " PRAGMA cache_size=-32000; PRAGMA mmap_size=134217728; PRAGMA temp_store=MEMORY;",
    }
else:
    # Statements are planned once per connection instead of at each of the same few questions.
    DATABASES["default"].setdefault("OPTIONS", {}).update(server_side_binding=True, prepare_threshold=3)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "donghanh_cache",
        # At the usual 300 a guesser could push the counts of wrong tries out by making more of them.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
    "memory": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
}

AUTH_USER_MODEL = "donghanh.Member"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "donghanh.web.account.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "10/m/ip,5/5m/key", "reauthenticate": "10/m/user"}
ACCOUNT_FORMS = {
    "login": "donghanh.web.account.forms.LoginForm",
    "change_password": "donghanh.web.account.forms.ChangePasswordForm",
    "reauthenticate": "donghanh.web.account.forms.ReauthenticateForm",
}
MFA_ADAPTER = "donghanh.web.account.adapter.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "donghanh.web.account.forms.AuthenticateForm",
    "reauthenticate": "donghanh.web.account.forms.CodeAgainForm",
    "activate_totp": "donghanh.web.account.forms.ActivateTOTPForm",
    "add_webauthn": "donghanh.web.account.forms.AddPasskeyForm",
    "edit_webauthn": "donghanh.web.account.forms.RenamePasskeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = False
MFA_TOTP_ISSUER = "Đồng Hành"
# A phone's clock may be a minute off; the steps before and after are taken too.
MFA_TOTP_TOLERANCE = 2
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG or DEMO

SESSION_COOKIE_AGE = 12 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PUBLIC_URL.startswith("https:")
CSRF_COOKIE_SAMESITE = "Lax"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https") if _flag("DONGHANH_BEHIND_PROXY", False) else None
)
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", _("Vietnamese")), ("en", _("English")), ("fr", _("French"))]
LANGUAGE_COOKIE_NAME = "donghanh_language"
LOCALE_PATHS = [PACKAGE / "locale"]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STATICFILES_DIRS = [PACKAGE / "web" / "static"]
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_MAX_AGE = 3600

# Messages that leave the house; a channel without its first setting is off. See docs/operations.md.
EMAIL_HOST = os.environ.get("DONGHANH_SMTP_HOST", "")
EMAIL_PORT = int(os.environ.get("DONGHANH_SMTP_PORT", "587"))
EMAIL_HOST_USER = os.environ.get("DONGHANH_SMTP_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("DONGHANH_SMTP_PASSWORD", "")
EMAIL_USE_TLS = _flag("DONGHANH_SMTP_TLS", True)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = os.environ.get("DONGHANH_MAIL_FROM", "donghanh@localhost")
PUSH_CONTACT = os.environ.get("DONGHANH_PUSH_CONTACT", f"mailto:{DEFAULT_FROM_EMAIL}")
WEBHOOK_SECRET = os.environ.get("DONGHANH_WEBHOOK_SECRET", "")
SMS_URL = os.environ.get(
    "DONGHANH_SMS_URL", "https://rest.esms.vn/MainService.svc/json/SendMultipleMessage_V4_post_json/"
)
SMS_API_KEY = os.environ.get("DONGHANH_SMS_API_KEY", "")
SMS_SECRET = os.environ.get("DONGHANH_SMS_SECRET", "")
SMS_BRAND = os.environ.get("DONGHANH_SMS_BRAND", "")
SMS_UNICODE = _flag("DONGHANH_SMS_UNICODE", False)
ZALO_URL = os.environ.get("DONGHANH_ZALO_URL", "https://business.openapi.zalo.me/message/template")
ZALO_TEMPLATE = os.environ.get("DONGHANH_ZALO_TEMPLATE", "")
ZALO_TOKEN_FILE = os.environ.get("DONGHANH_ZALO_TOKEN_FILE", "")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "filters": {"unaddressed": {"()": "donghanh.web.unaddressed.Unaddressed"}},
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["unaddressed"]}
    },
    "root": {"handlers": ["stderr"], "level": os.environ.get("DONGHANH_LOG_LEVEL", "WARNING")},
}
SILENCED_SYSTEM_CHECKS: list[str] = []
