"""Settings of the assembled house. Every knob is an environment variable with a safe default."""

from __future__ import annotations

import datetime
import os
from pathlib import Path

import dj_database_url

from anju.kernel.database.home import home_dir, installation_secret, subfolder
from anju.kernel.database.server import APP_URL, OWNER_URL
from anju.site import logs
from anju.site.single_sign_on import single_sign_on

PACKAGE = Path(__file__).resolve().parent.parent

SECRET_KEY = os.environ.get("ANJU_SECRET_KEY") or installation_secret(home_dir(), "web")
DEBUG = os.environ.get("ANJU_DEBUG") == "1"
ALLOWED_HOSTS = [host for host in os.environ.get("ANJU_HOSTS", "localhost,127.0.0.1,[::1]").split(",") if host]
CSRF_TRUSTED_ORIGINS = [origin for origin in os.environ.get("ANJU_ORIGINS", "").split(",") if origin]

INSTALLED_APPS = [
    "anju.kernel.orgs",
    "anju.kernel.journal",
    "anju.kernel.crypto",
    "anju.kernel.privacy",
    "anju.kernel.calendar",
    "anju.kernel.parameters",
    "anju.kernel.files",
    "anju.kernel.accounts",
    "anju.kernel.ledgers",
    "anju.kernel.figures",
    "anju.kernel.cases",
    "anju.kernel.reports",
    "anju.kernel.reading",
    "anju.domains.property",
    "anju.domains.market",
    "anju.domains.funds",
    "anju.domains.housing",
    "anju.ui",
    "anju.site",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "heroicons",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "axes",
    "procrastinate.contrib.django",
]

MIDDLEWARE = [
    "anju.site.logs.RequestLogMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "anju.kernel.orgs.idle.IdleTimeoutMiddleware",
    "anju.kernel.orgs.middleware.ActorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "anju.ui.security.ContentPolicyMiddleware",
    "anju.ui.problems.ProblemMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "anju.site.urls"
WSGI_APPLICATION = "anju.site.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "anju.site.pages.frame.frame",
            ],
        },
    },
]


def _database(variable: str) -> dict[str, object]:
    # Nothing listens at the fallback: commands that need a database start it first and publish its address.
    url = os.environ.get(variable, "postgresql://nobody@127.0.0.1:1/not-started")
    return {**dj_database_url.parse(url), "CONN_MAX_AGE": None, "CONN_HEALTH_CHECKS": True}


DATABASES = {"default": _database(APP_URL), "owner": _database(OWNER_URL)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "orgs.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "anju.kernel.orgs.backends.StaffBackend"]
LOGIN_URL = "/accounts/login/"
LOGIN_REDIRECT_URL = "/"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "anju.kernel.orgs.passwords.LengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

# Sign-in: user name and password, TOTP as second factor, single sign-on by OIDC when configured.
ACCOUNT_ADAPTER = "anju.kernel.orgs.adapters.StaffAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = LOGIN_URL
ACCOUNT_SESSION_REMEMBER = False
MFA_ADAPTER = "anju.kernel.orgs.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "安居"
SOCIALACCOUNT_ADAPTER = "anju.kernel.orgs.adapters.SingleSignOnAdapter"
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": single_sign_on()}}

# Lockout by account, and the end of idle sessions (GB/T 22239-2019 8.1.4.1).
LOCK_MINUTES = int(os.environ.get("ANJU_LOCK_MINUTES", "15"))
AXES_FAILURE_LIMIT = int(os.environ.get("ANJU_LOCK_AFTER", "5"))
AXES_COOLOFF_TIME = datetime.timedelta(minutes=LOCK_MINUTES)
AXES_LOCKOUT_PARAMETERS = ["username"]
AXES_USERNAME_CALLABLE = "anju.kernel.orgs.lockout.name_tried"
AXES_LOCKOUT_CALLABLE = "anju.kernel.orgs.lockout.locked_response"
AXES_RESET_ON_SUCCESS = True
AXES_DISABLE_ACCESS_LOG = True
AXES_VERBOSE = False
SILENCED_SYSTEM_CHECKS = ["axes.W006"]  # counted by account alone: changing the address must not help a guesser
IDLE_SECONDS = 60 * int(os.environ.get("ANJU_IDLE_MINUTES", "30"))
SESSION_COOKIE_AGE = 12 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SAMESITE = "Lax"

# ANJU_HTTPS=1: served by https, directly or behind a proxy that says so.
HTTPS = os.environ.get("ANJU_HTTPS") == "1"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None

# How many personal values one person may read in full within an hour.
REVEALS_PER_HOUR = int(os.environ.get("ANJU_REVEALS_PER_HOUR", "60"))

LOGGING = logs.configuration(os.environ.get("ANJU_LOG", "WARNING"))

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文")]
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = subfolder("static")
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "anju.ui.assets.BundleFinder",
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "anju.ui.assets.DigestStorage"},
}
# Files are served from where the packages keep them; their addresses carry a digest, so browsers may keep them for a month.
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 30 * 24 * 3600
