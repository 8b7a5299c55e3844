"""Merkle trees over SM3, shaped as in RFC 6962: a leaf and a node never hash alike, an odd node moves up unchanged.

Nothing here knows a database: a proof is checked with this module alone.
"""

from __future__ import annotations

from collections.abc import Sequence

from cryptography.hazmat.primitives.hashes import SM3, Hash

DIGEST_BYTES = 32
_LEAF, _NODE = b"\x00", b"\x01"
_FRESH = Hash(SM3())


def sm3(data: bytes) -> bytes:
    """The SM3 digest (GB/T 32905-2016), 32 bytes."""
    digest = _FRESH.copy()  # a third of the time of setting up a new one
    digest.update(data)
    return digest.finalize()


def leaf_hash(data: bytes) -> bytes:
    """The hash of one leaf's bytes."""
    return sm3(_LEAF + data)


def root(hashes: Sequence[bytes]) -> bytes:
    """The root over leaf hashes in order; at least one."""
    if not hashes:
        raise ValueError("a tree needs at least one leaf")
    level = list(hashes)
    while len(level) > 1:
        level = _up(level)
    return level[0]


def siblings(hashes: Sequence[bytes], index: int) -> list[bytes]:
    """The hashes that lead from leaf `index` to the root, lowest first."""
    if not 0 <= index < len(hashes):
        raise IndexError(index)
    level, path = list(hashes), []
    while len(level) > 1:
        beside = index ^ 1
        if beside < len(level):
            path.append(level[beside])
        level, index = _up(level), index // 2
    return path


def climb(leaf: bytes, index: int, size: int, path: Sequence[bytes]) -> bytes | None:
    """The root reached from a leaf hash at `index` of `size` by its siblings; None when their number does not fit."""
    if not 0 <= index < size:
        return None
    here, rest = leaf, list(path)
    while size > 1:
        if index ^ 1 < size:
            if not rest:
                return None
            beside = rest.pop(0)
            here = sm3(_NODE + (beside + here if index & 1 else here + beside))
        index, size = index // 2, (size + 1) // 2
    return None if rest else here


def _up(level: list[bytes]) -> list[bytes]:
    above = [sm3(_NODE + level[i] + level[i + 1]) for i in range(0, len(level) - 1, 2)]
    if len(level) % 2:
        above.append(level[-1])
    return above
