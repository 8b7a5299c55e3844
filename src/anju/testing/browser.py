"""A real site on loopback and a real Chromium in front of it."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Playwright, ViewportSize, sync_playwright

from anju.testing.sample import Sample

OFFICE_MONITOR: ViewportSize = {"width": 1366, "height": 768}
PHONE: ViewportSize = {"width": 390, "height": 844}


@dataclass(frozen=True, slots=True)
class LiveSite:
    """Where the site answers, and the sample city it shows."""

    url: str
    sample: Sample


@pytest.fixture(scope="session")
def playwright_driver() -> Iterator[Playwright]:
    """Playwright for the run. Its event loop lives in the test's thread, which Django would otherwise refuse to query from."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="session")
def chromium(playwright_driver: Playwright) -> Iterator[Browser]:
    """Debian's Chromium, headless. Missing, it is an error: a skipped browser test proves nothing."""
    program = os.environ.get("ANJU_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        raise RuntimeError("chromium is not installed: apt-get install chromium")
    browser = playwright_driver.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-dev-shm-usage"])
    yield browser
    browser.close()


def serve() -> Iterator[str]:
    """The whole application in threads of this process, on a free port of loopback."""
    from django.core.handlers.wsgi import WSGIHandler
    from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler

    class Quiet(WSGIRequestHandler):
        def log_message(self, format: str, *args: Any) -> None:
            """Say nothing."""

    server = ThreadedWSGIServer(("127.0.0.1", 0), Quiet)
    server.daemon_threads = True
    server.set_app(WSGIHandler())
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join(timeout=10)


@pytest.fixture
def live_site(sample_county: Sample) -> Iterator[LiveSite]:
    """The sample county's site; what a test changes is its own."""
    from anju.site.pages.figure_request import forget_freshness

    forget_freshness()
    for url in serve():
        yield LiveSite(url, sample_county)


@pytest.fixture
def open_page(chromium: Browser, live_site: LiveSite) -> Iterator[Callable[..., Page]]:
    """`open_page(user="demo", phone=False)`: a window of that size, with this person signed in; `user=None` is a stranger.

    The test fails when a page logs an error or throws: broken scripts must not go unseen.
    """
    contexts = []
    troubles: list[str] = []

    def opened(user: str | None = "demo", *, phone: bool = False) -> Page:
        context = chromium.new_context(
            base_url=live_site.url, viewport=PHONE if phone else OFFICE_MONITOR, locale="zh-CN", has_touch=phone, accept_downloads=True
        )
        contexts.append(context)
        context.set_default_timeout(60_000)
        if user is not None:
            context.add_cookies([{"name": "sessionid", "value": session_of(user), "url": live_site.url}])
        page = context.new_page()
        page.on("pageerror", lambda error: troubles.append(str(error)))
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not troubles, troubles


def session_of(username: str) -> str:
    """The key of a fresh session in which this person is signed in."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from anju.kernel.access.scope import Scope, using_scope
    from anju.kernel.orgs.models import User

    with using_scope(Scope.system()):
        user = User.objects.get(username=username)
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return str(session.session_key)
