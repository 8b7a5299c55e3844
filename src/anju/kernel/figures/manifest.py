"""The manifest of a snapshot: for every fact its columns and the segments that hold its rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from anju.kernel.figures.digests import sm3_of_data

BUCKET_IDS = 65_536
"""Record ids per segment: an edit re-exports this many rows at most, a million rows are sixteen files."""


@dataclass(frozen=True, slots=True)
class Segment:
    """The live rows of one table with `bucket * BUCKET_IDS <= id < (bucket + 1) * BUCKET_IDS`, in one file named by its SM3 digest."""

    table: str
    bucket: int
    digest: str
    rows: int
    bytes: int


@dataclass(frozen=True, slots=True)
class FactSegments:
    """One fact in a snapshot. `kinds`: every column and how engines hold it; `fingerprint`: of the definition it was exported by."""

    fingerprint: str
    kinds: Mapping[str, str]
    segments: tuple[Segment, ...] = ()

    @property
    def rows(self) -> int:
        return sum(segment.rows for segment in self.segments)


@dataclass(frozen=True, slots=True)
class Manifest:
    """All facts of a snapshot by name."""

    facts: Mapping[str, FactSegments] = field(default_factory=dict)

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Manifest:
        """Read what `data` wrote."""
        return cls(
            {
                name: FactSegments(
                    fingerprint=each["fingerprint"],
                    kinds=each["kinds"],
                    segments=tuple(Segment(**segment) for segment in each["segments"]),
                )
                for name, each in data.items()
            }
        )

    def data(self) -> dict[str, Any]:
        """Plain data for the database."""
        return {
            name: {"fingerprint": each.fingerprint, "kinds": dict(each.kinds), "segments": [asdict(s) for s in each.segments]}
            for name, each in sorted(self.facts.items())
        }

    def digest(self) -> str:
        """SM3 of the whole manifest, and through the file digests of every row."""
        return sm3_of_data(self.data())

    def files(self) -> Iterator[tuple[str, Segment]]:
        """Every (fact name, segment)."""
        for name, each in self.facts.items():
            for segment in each.segments:
                yield name, segment
