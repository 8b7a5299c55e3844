"""The WSGI application that `anju serve` runs."""

from __future__ import annotations

import os
from importlib import import_module

from django.core.wsgi import get_wsgi_application

from anju.site import lifeline

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "anju.site.settings")
application = get_wsgi_application()

# Load the pages and their engines now, not in the first reader's first request.
import_module("anju.site.urls")
lifeline.hold()
