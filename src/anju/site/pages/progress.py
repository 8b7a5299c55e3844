"""How far a long piece of work has come, told across processes through a small file that only its starter knows the name of."""

from __future__ import annotations

import json
import os
import re
import time
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any

from django.utils.translation import gettext as _

from anju.kernel.database.home import subfolder

TICKET = re.compile(r"[0-9a-f]{32}", re.ASCII)
KEPT_SECONDS = 3600
WRITES_PER_SECOND = 5


class Progress:
    """`with Progress(ticket, "已核对") as progress: work(progress=progress)`: the page says 已核对 600 / 1,203 行 while it lasts."""

    def __init__(self, ticket: str, words: str = "") -> None:
        self.path = _path(ticket)
        self.words = words
        self.written_at = 0.0

    def __enter__(self) -> Progress:
        return self

    def __call__(self, done: int, total: int) -> None:
        now = time.monotonic()
        if self.path is None or (now - self.written_at < 1 / WRITES_PER_SECOND and done != total):
            return
        self.written_at = now
        told = _("%(words)s %(done)s / %(total)s 行") % {"words": self.words, "done": f"{done:,}", "total": f"{total:,}"}
        fresh = self.path.with_suffix(f".{os.getpid()}")
        fresh.write_text(json.dumps({"done": done, "total": total, "words": told}), encoding="utf-8")
        fresh.replace(self.path)

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self.path is not None:
            self.path.unlink(missing_ok=True)
            _forget_old(self.path.parent)


def progress_of(ticket: str) -> dict[str, Any]:
    """`done`, `total` and `words` of the work with this ticket; nothing done yet when it is not known."""
    path = _path(ticket)
    with suppress(OSError, ValueError):
        if path is not None:
            found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
            return found
    return {"done": 0, "total": 0, "words": ""}


def _path(ticket: str) -> Path | None:
    return subfolder("progress") / f"{ticket}.json" if TICKET.fullmatch(ticket) else None


def _forget_old(folder: Path) -> None:
    for path in folder.iterdir():
        with suppress(OSError):
            if time.time() - path.stat().st_mtime > KEPT_SECONDS:
                path.unlink()
