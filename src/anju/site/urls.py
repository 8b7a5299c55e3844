"""All addresses of the house."""

from __future__ import annotations

import importlib.util
import pkgutil

from django.urls import URLPattern, URLResolver, include, path

from anju import domains
from anju.site.api import api

urlpatterns: list[URLPattern | URLResolver] = [
    path("accounts/", include("anju.kernel.orgs.account_urls")),
    path("api/", api.urls),
    path("", include("anju.site.pages.urls")),
    *(
        path("", include(f"{package.name}.urls"))
        for package in pkgutil.iter_modules(domains.__path__, "anju.domains.")
        if importlib.util.find_spec(f"{package.name}.urls") is not None
    ),
]
