"""Blind index: a keyed digest by which equal values are found without reading any of them (HMAC-SM3, GB/T 32905 and GB/T 15852.2).

The same kind and the same normalised value give the same index in every table, so that a person is recognised across tables;
different kinds never meet. 128 bits of the 256 are kept.
"""

from __future__ import annotations

from collections.abc import Iterable

from cryptography.hazmat.primitives.hashes import SM3
from cryptography.hazmat.primitives.hmac import HMAC

from anju.kernel.crypto.keyring import KeyRing
from anju.kernel.crypto.kinds import Kind

BYTES = 16


def index_of(ring: KeyRing, kind: Kind, value: str) -> bytes:
    """The index of one value: BYTES bytes."""
    return index_many(ring, kind, (value,))[0]


def index_many(ring: KeyRing, kind: Kind, values: Iterable[str]) -> list[bytes]:
    """The indexes of many values, in order."""
    begun = HMAC(ring.index_key, SM3())
    begun.update(kind.name.encode() + b"\x00")
    made = []
    for value in values:
        mac = begun.copy()
        mac.update(kind.normalise(value).encode())
        made.append(mac.finalize()[:BYTES])
    return made
