"""The ring to work with: the one in force, known to belong to this database."""

from __future__ import annotations

from django.db import connection

from anju.kernel.crypto import keyfile
from anju.kernel.crypto.keyring import INDEX, KeyRing
from anju.kernel.errors import AnjuError

_agreed: set[tuple[str, str]] = set()


def ring() -> KeyRing:
    """The key ring in force. A database written with other keys is refused before anything is read or written with these.

    Raises AnjuError `crypto.keys_differ`, `crypto.keys_unregistered`, and what `keyfile.load` raises.
    """
    held = keyfile.load()
    mark = str(connection.settings_dict["NAME"]), held.fingerprints[INDEX] + held.fingerprints[held.current.version]
    if mark not in _agreed:
        require_agreement(held, registered())
        _agreed.add(mark)
    return held


def registered() -> dict[int, str]:
    """The fingerprints of the keys this database was written with, by version."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT version, fingerprint FROM crypto_keyversion ORDER BY version")
        return dict(cursor.fetchall())


def require_agreement(held: KeyRing, known: dict[int, str]) -> None:
    """Raise AnjuError unless every key of the ring is the registered one and the keys that write are registered."""
    differing = [version for version, mark in held.fingerprints.items() if known.get(version, mark) != mark]
    if differing:
        names = "、".join("检索密钥" if version == INDEX else f"第{version}版数据密钥" for version in differing)
        raise AnjuError.of(
            "crypto.keys_differ",
            f"密钥与数据库不是一套：{names}对不上。",
            where="密钥",
            advice="请恢复与这个数据库一起备份的 keys.secret（或 ANJU_KEYS）。什么也没有读写。",
        )
    if not {INDEX, held.current.version} <= known.keys():
        raise AnjuError.of(
            "crypto.keys_unregistered",
            f"第{held.current.version}版数据密钥还没有在数据库登记。",
            where="密钥",
            advice="请运行任一 anju 命令完成登记，例如 anju keys list。",
        )
