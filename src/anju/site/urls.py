"""All addresses of the house."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("accounts/", include("anju.kernel.orgs.account_urls")),
    path("", include("anju.site.pages.urls")),
]
