"""Static files without a build step: the Vega bundle comes out of the vl-convert wheel, addresses carry the content's digest."""

from __future__ import annotations

import gzip
import hashlib
import os
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.contrib.staticfiles.finders import BaseFinder
from django.contrib.staticfiles.storage import StaticFilesStorage
from django.core.files.storage import FileSystemStorage, Storage

from anju.kernel.database.home import subfolder

VEGA = "anju/vega.js"


def vega_bundle() -> Path:
    """The folder that holds `anju/vega.js` (Vega, Vega-Lite, Vega-Embed) and its .gz, written on first use and after an upgrade."""
    folder = subfolder("assets") / f"vega-{version('vl-convert-python')}"
    target = folder / VEGA
    if not target.exists():
        # Loaded only here: it carries a JavaScript engine.
        import vl_convert

        target.parent.mkdir(parents=True, exist_ok=True)
        code = vl_convert.javascript_bundle(None).encode()  # type: ignore[arg-type]  # None: the whole bundle
        for path, content in ((target.with_suffix(".js.gz"), gzip.compress(code, 9, mtime=0)), (target, code)):
            fresh = path.with_name(f"{path.name}.{os.getpid()}")
            fresh.write_bytes(content)
            fresh.replace(path)
    return folder


class BundleFinder(BaseFinder):
    """Finds the generated bundle, for WhiteNoise and for collectstatic."""

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        """The bundle's place on disk when `path` names it."""
        if path != VEGA:
            return []
        place = str(vega_bundle() / VEGA)
        return [place] if find_all else place

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, Storage]]:
        """The bundle and its compressed form."""
        storage = FileSystemStorage(location=vega_bundle())
        for name in (VEGA, VEGA + ".gz"):
            yield name, storage


class DigestStorage(StaticFilesStorage):
    """Adds `?v=<digest of the content>` to every address, so that browsers may keep files for long and still see a change."""

    def url(self, name: str | None) -> str:
        """The address of a static file with its content's digest."""
        plain = super().url(name)
        digest = _digest(name) if name else ""
        return f"{plain}?v={digest}" if digest else plain


@cache
def _digest(name: str) -> str:
    found = finders.find(name)
    return hashlib.sha256(Path(found).read_bytes()).hexdigest()[:10] if isinstance(found, str) else ""
