"""How large a file the reader takes, and how it refuses what it cannot take."""

from __future__ import annotations

from dataclasses import dataclass

from anju.kernel.errors import AnjuError


@dataclass(frozen=True, slots=True)
class Limits:
    """Ceilings on everything a file can make large. `inflated_bytes` and `inflation` guard against archives that explode."""

    file_bytes: int = 200 * 1024 * 1024
    inflated_bytes: int = 2 * 1024 * 1024 * 1024
    inflation: int = 300
    sheets: int = 100
    rows: int = 2_000_000
    columns: int = 400
    header_search_rows: int = 40
    header_depth: int = 3


DEFAULT = Limits()


def refuse(code: str, what: str, advice: str, *, where: str = "") -> AnjuError:
    """An error of this room: `workbook.<code>`."""
    return AnjuError.of(f"workbook.{code}", what, where=where, advice=advice)
