"""The hashes of sealed blocks outside the database: ANJU_HOME/journal-roots.jsonl.

Whoever rewrites every block in the database still has to change this file, and any copy of it that was taken away.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterable
from pathlib import Path

from django.db import connection

from anju.kernel.database.home import home_dir
from anju.kernel.errors import AnjuError


def roots_file() -> Path:
    """One line of JSON a block: database, number, hash, sealed_at."""
    return home_dir() / "journal-roots.jsonl"


def known_roots() -> dict[int, str]:
    """Block number to hash, of this database. Raises AnjuError `journal.roots_unreadable` naming the line."""
    path = roots_file()
    if not path.exists():
        return {}
    here = connection.settings_dict["NAME"]
    known: dict[int, str] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            row = json.loads(line)
            if row["database"] == here:
                known.setdefault(int(row["number"]), str(row["hash"]))
        except (ValueError, KeyError, TypeError) as error:
            raise AnjuError.of(
                "journal.roots_unreadable", "这一行不是封存块的记录。", where=f"{path}:{number}", advice="请用备份恢复该文件。"
            ) from error
    return known


def append_roots(blocks: Iterable[tuple[int, str, str]]) -> None:
    """Add (number, hash, sealed_at) of blocks the file does not have yet; on disk when this returns."""
    with roots_file().open("a+", encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        known = known_roots()
        for number, hashed, sealed_at in blocks:
            if number not in known:
                row = {"database": connection.settings_dict["NAME"], "number": number, "hash": hashed, "sealed_at": sealed_at}
                file.write(json.dumps(row) + "\n")
        file.flush()
        os.fsync(file.fileno())
