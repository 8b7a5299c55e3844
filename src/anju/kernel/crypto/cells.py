"""One encrypted value: SM4-GCM (GB/T 32907, GB/T 36624), tied to its column and to its blind index.

    1 format | 2 key version | 16 blind index (format 1 only) | 12 nonce | ciphertext | 16 tag

Everything before the nonce, and the name of the column (`table.column`), is authenticated: a cell moved to another column, given another
index or altered in one bit does not open. The nonce is random; a key writes fewer than 2^32 cells (NIST SP 800-38D, 8.3).
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import SM4
from cryptography.hazmat.primitives.ciphers.modes import GCM

from anju.kernel.crypto import blind
from anju.kernel.crypto.keyring import KeyRing
from anju.kernel.crypto.kinds import Kind
from anju.kernel.errors import AnjuError

INDEXED, PLAIN = 1, 2
HEAD = {INDEXED: 3 + blind.BYTES, PLAIN: 3}
NONCE, TAG = 12, 16
MAX_CHARACTERS = 500
INDEX_FROM, VERSION_FROM = 4, 2
"""Where SQL's `substring` finds the index and the two bytes of the version, counted from 1."""


@dataclass(frozen=True, slots=True)
class Column:
    """Where a value lives: `table.column` and what kind it is. `indexed`: it can be looked up by exact value."""

    name: str
    kind: Kind
    indexed: bool = True

    def head(self, version: int, index: bytes) -> bytes:
        """What stands before the nonce."""
        return bytes((INDEXED if self.indexed else PLAIN,)) + version.to_bytes(2, "big") + (index if self.indexed else b"")

    def tie(self, head: bytes) -> bytes:
        """What is authenticated with the ciphertext."""
        return head + self.name.encode()


def seal(ring: KeyRing, column: Column, value: str) -> bytes:
    """The cell of a value. Raises AnjuError `crypto.too_long` beyond MAX_CHARACTERS."""
    require_length(column, value)
    key = ring.current
    head = column.head(key.version, blind.index_of(ring, column.kind, value) if column.indexed else b"")
    nonce = secrets.token_bytes(NONCE)
    cipher = Cipher(SM4(key.secret), GCM(nonce)).encryptor()
    cipher.authenticate_additional_data(column.tie(head))
    hidden = cipher.update(value.encode()) + cipher.finalize()
    return head + nonce + hidden + cipher.tag


def unseal(ring: KeyRing, column: Column, cell: bytes) -> str:
    """The value of a cell. Raises AnjuError `crypto.altered` or `crypto.key_lost`."""
    size = head_size(column, cell)
    key = ring.key(version_of(cell))
    head, nonce, rest = cell[:size], cell[size : size + NONCE], cell[size + NONCE :]
    cipher = Cipher(SM4(key.secret), GCM(nonce, rest[-TAG:])).decryptor()
    cipher.authenticate_additional_data(column.tie(head))
    try:
        return (cipher.update(rest[:-TAG]) + cipher.finalize()).decode()
    except InvalidTag:
        raise altered(column) from None


def version_of(cell: bytes) -> int:
    """The version of the key a cell was written with."""
    return int.from_bytes(cell[1:3], "big")


def index_in(cell: bytes) -> bytes:
    """The blind index a cell carries; empty when it carries none."""
    return cell[3 : 3 + blind.BYTES] if cell[:1] == bytes((INDEXED,)) else b""


def head_size(column: Column, cell: bytes) -> int:
    """Bytes before the nonce. Raises AnjuError `crypto.altered` for what is no cell."""
    size = HEAD.get(cell[0]) if cell else None
    if size is None or len(cell) < size + NONCE + TAG:
        raise altered(column)
    return size


def altered(column: Column) -> AnjuError:
    """The cell does not open."""
    return AnjuError.of(
        "crypto.altered",
        f"加密的{column.kind.label}被改动过，或是从别处挪来的，读不出来。",
        where=column.name,
        advice="请运行 anju journal verify 和 anju keys verify，查明是谁动了数据库，并从备份中恢复这一格。",
    )


def require_length(column: Column, value: str) -> None:
    """Raise AnjuError `crypto.too_long` beyond MAX_CHARACTERS."""
    if len(value) > MAX_CHARACTERS:
        raise AnjuError.of("crypto.too_long", f"{column.kind.label}超过{MAX_CHARACTERS}个字。", where=column.kind.label, advice="请核对。")
