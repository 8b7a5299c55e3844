"""Settings of the assembled house. Every knob is an environment variable with a safe default."""

from __future__ import annotations

import os
from pathlib import Path

import dj_database_url

from anju.kernel.database.home import home_dir, installation_secret
from anju.kernel.database.server import APP_URL, OWNER_URL

PACKAGE = Path(__file__).resolve().parent.parent

SECRET_KEY = os.environ.get("ANJU_SECRET_KEY") or installation_secret(home_dir(), "web")
DEBUG = os.environ.get("ANJU_DEBUG") == "1"
ALLOWED_HOSTS = [host for host in os.environ.get("ANJU_HOSTS", "localhost,127.0.0.1,[::1]").split(",") if host]
CSRF_TRUSTED_ORIGINS = [origin for origin in os.environ.get("ANJU_ORIGINS", "").split(",") if origin]

INSTALLED_APPS = [
    "anju.kernel.orgs",
    "anju.kernel.journal",
    "anju.kernel.ledgers",
    "anju.kernel.figures",
    "anju.kernel.reports",
    "anju.ui",
    "anju.site",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_htmx",
    "heroicons",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "anju.kernel.orgs.middleware.ActorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "anju.ui.security.ContentPolicyMiddleware",
    "anju.ui.problems.ProblemMiddleware",
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
LOGIN_URL = "/accounts/login/"
LOGIN_REDIRECT_URL = "/"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "anju.kernel.orgs.passwords.LengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文")]
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = home_dir() / "static"
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
