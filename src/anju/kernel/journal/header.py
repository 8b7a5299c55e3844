"""The header of a block: what the chain of hashes runs over. Pure, so that a proof needs no database."""

from __future__ import annotations

import json
from typing import TypedDict

from anju.kernel.journal.merkle import sm3

FIRST = "0" * 64
"""The `previous` of the first block."""


class Header(TypedDict):
    """`start` inclusive and `until` exclusive are positions [transaction, kind, id]; hashes are lower-case hex.

    `entries` and `changes` count leaves: a chunk of a bulk insert is one change.
    """

    number: int
    previous: str
    root: str
    keys: str
    entries: int
    changes: int
    start: list[int]
    until: list[int]
    sealed_at: str


def header_hash(header: Header) -> str:
    """SM3 over the header as JSON with sorted names and no spaces, in hex."""
    fields = {name: header[name] for name in Header.__annotations__}  # type: ignore[literal-required]
    return sm3(json.dumps(fields, sort_keys=True, separators=(",", ":")).encode("ascii")).hex()
