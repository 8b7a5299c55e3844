"""Where the key ring lies: `keys.secret` in ANJU_HOME, the file `ANJU_KEYS_FILE` names, or the text of `ANJU_KEYS`."""

from __future__ import annotations

import os
import threading
from contextlib import suppress
from pathlib import Path

from anju.kernel.crypto.keyring import KeyRing
from anju.kernel.database.home import home_dir
from anju.kernel.errors import AnjuError

TEXT, FILE, NAME = "ANJU_KEYS", "ANJU_KEYS_FILE", "keys.secret"

_lock = threading.Lock()
_held: tuple[object, KeyRing] | None = None


def key_path() -> Path:
    """The key file of this installation; it need not exist."""
    chosen = os.environ.get(FILE)
    return Path(chosen).expanduser() if chosen else home_dir() / NAME


def exists() -> bool:
    """Whether there are keys at all."""
    return bool(os.environ.get(TEXT)) or key_path().is_file()


def load() -> KeyRing:
    """The ring in force; read again when the file was replaced.

    Raises AnjuError `crypto.keys_missing`, `crypto.keys_exposed` (others may read the file), `crypto.keys_unreadable`.
    """
    global _held
    text = os.environ.get(TEXT)
    if text:
        mark: object = text
    else:
        mark = _mark(key_path())
    held = _held
    if held is not None and held[0] == mark:
        return held[1]
    with _lock:
        ring = KeyRing.parse(text, TEXT) if text else KeyRing.parse(key_path().read_text(encoding="utf-8"), str(key_path()))
        _held = mark, ring
    return ring


def create() -> KeyRing:
    """Make the first keys. Processes starting at once agree on one ring. Raises AnjuError `crypto.keys_in_environment`."""
    require_writable()
    path = key_path()
    fresh = _written_beside(path, KeyRing.fresh())
    with suppress(FileExistsError):
        os.link(fresh, path)
    fresh.unlink()
    return load()


def replace_with(ring: KeyRing) -> None:
    """Put this ring in the place of the one in force, at once for every process. Raises AnjuError `crypto.keys_in_environment`."""
    require_writable()
    path = key_path()
    os.replace(_written_beside(path, ring), path)


def _written_beside(path: Path, ring: KeyRing) -> Path:
    fresh = path.with_name(f"{path.name}.{os.getpid()}.{threading.get_ident()}")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(ring.dump())
        file.flush()
        os.fsync(file.fileno())
    return fresh


def _mark(path: Path) -> tuple[str, int, int]:
    try:
        found = path.stat()
    except FileNotFoundError:
        raise AnjuError.of(
            "crypto.keys_missing",
            "找不到密钥文件，加密的个人信息无法读写。",
            where=str(path),
            advice="请从备份中恢复它；没有它，数据库里的个人信息谁也读不出来。",
        ) from None
    if found.st_mode & 0o077 and not os.environ.get(FILE):
        raise AnjuError.of("crypto.keys_exposed", "密钥文件可被他人读取。", where=str(path), advice=f"请运行：chmod 600 {path}")
    return str(path), found.st_mtime_ns, found.st_ino


def require_writable() -> None:
    """Raise AnjuError `crypto.keys_in_environment` when no file holds the keys."""
    if os.environ.get(TEXT):
        raise AnjuError.of(
            "crypto.keys_in_environment",
            f"密钥由环境变量 {TEXT} 给出，程序不能替您更换。",
            where=TEXT,
            advice=f"请把密钥放进文件，用 {FILE} 指明，再运行 anju keys rotate。",
        )
