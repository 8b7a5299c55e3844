"""GHASH (NIST SP 800-38D, 6.4) of many equally long messages at once: table look-ups over NumPy columns.

Only the polynomial arithmetic of GCM is here; every block cipher call stays with the `cryptography` library. A property test holds the
result equal to the library's own SM4-GCM, byte for byte.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

BLOCK = 16
_REDUCTION = 0xE1 << 120

Bytes = NDArray[np.uint8]
Halves = NDArray[Any]


def digests(secret_block: bytes, tie: Sequence[Bytes], hidden: Bytes) -> Bytes:
    """The GHASH of every row: `tie` (columns of n bytes) is authenticated only, `hidden` (n x c) is ciphertext; returns n x 16.

    `secret_block`: the cipher's image of the zero block, H. A column that repeats one byte (stride 0) costs nothing.
    """
    rows, hidden_bytes = hidden.shape
    tie_bytes = len(tie)
    tie_blocks, hidden_blocks = -(-tie_bytes // BLOCK), -(-hidden_bytes // BLOCK)
    blocks = tie_blocks + hidden_blocks + 1
    total = np.zeros((rows, 2), dtype=np.uint64)
    for place in range(tie_bytes):
        _add(total, tie[place], _table(secret_block, blocks - place // BLOCK), place % BLOCK)
    for place in range(hidden_bytes):
        _add(total, hidden[:, place], _table(secret_block, blocks - tie_blocks - place // BLOCK), place % BLOCK)
    lengths = (8 * tie_bytes).to_bytes(8, "big") + (8 * hidden_bytes).to_bytes(8, "big")
    for place, byte in enumerate(lengths):
        total ^= _table(secret_block, 1)[place, byte]
    return total.astype(">u8").view(np.uint8).reshape(rows, BLOCK)


def _add(total: Halves, column: Bytes, table: Halves, place: int) -> None:
    if column.strides == (0,):
        total ^= table[place, column[0]]
    else:
        total ^= table[place][column]


@lru_cache(maxsize=512)
def _table(secret_block: bytes, power: int) -> Halves:
    """For every place in a block and every byte there, its product with H to this power, as two 64-bit halves: 16 x 256 x 2."""
    factor = _power(int.from_bytes(secret_block, "big"), power)
    table = np.zeros((BLOCK, 256, 2), dtype=np.uint64)
    values = np.arange(256)
    for place in range(BLOCK):
        for bit in range(8):
            halves = np.array([factor >> 64, factor & (2**64 - 1)], dtype=np.uint64)
            table[place][(values >> (7 - bit)) & 1 == 1] ^= halves
            factor = _shifted(factor)
    return table


def _power(factor: int, power: int) -> int:
    product = factor
    for _ in range(power - 1):
        product = _times(product, factor)
    return product


def _times(one: int, other: int) -> int:
    product = 0
    for bit in range(127, -1, -1):
        if one >> bit & 1:
            product ^= other
        other = _shifted(other)
    return product


def _shifted(value: int) -> int:
    return (value >> 1) ^ (_REDUCTION if value & 1 else 0)
