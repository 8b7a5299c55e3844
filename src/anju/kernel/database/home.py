"""ANJU_HOME: where one installation keeps its database, snapshots, files and keys."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path

import platformdirs


def home_dir() -> Path:
    """The installation's folder: `ANJU_HOME`, or the user's data folder. Created with mode 0700 when missing."""
    chosen = os.environ.get("ANJU_HOME")
    home = Path(chosen).expanduser().resolve() if chosen else Path(platformdirs.user_data_path("anju"))
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    return home


def subfolder(name: str) -> Path:
    """A folder of this name inside ANJU_HOME, created when missing."""
    folder = home_dir() / name
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def installation_secret(home: Path, name: str) -> str:
    """A secret of this installation, made on first use and readable by its owner only; processes starting at once agree on one."""
    path = home / f"{name}.secret"
    if not path.exists():
        fresh = home / f"{name}.secret.{os.getpid()}"
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(48))
        with suppress(FileExistsError):
            os.link(fresh, path)
        fresh.unlink()
    return path.read_text().strip()
