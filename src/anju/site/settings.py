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

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = home_dir() / "static"
