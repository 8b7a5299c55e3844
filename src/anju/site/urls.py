"""All addresses of the house."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from anju.site.api import api

urlpatterns: list[URLPattern | URLResolver] = [
    path("accounts/", include("anju.kernel.orgs.account_urls")),
    path("api/", api.urls),
    path("", include("anju.site.pages.urls")),
]
