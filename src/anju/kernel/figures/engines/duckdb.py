"""The embedded engine: DuckDB inside the process over the Parquet segments of a snapshot."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any, ClassVar

import duckdb
import pyarrow as pa

from anju.kernel.database.home import home_dir
from anju.kernel.errors import AnjuError
from anju.kernel.figures import segments
from anju.kernel.figures.aggregates import Aggregate
from anju.kernel.figures.digests import sm3
from anju.kernel.figures.engines.compiled import CompiledEngine
from anju.kernel.figures.engines.proving import Proof, Reading
from anju.kernel.figures.engines.shapes import Shape
from anju.kernel.figures.manifest import FactSegments, Manifest
from anju.kernel.figures.models import Snapshot

_TYPES = {"int64": "BIGINT", "date": "DATE", "string": "VARCHAR"}
_making = threading.Lock()


def settings() -> dict[str, str | bool | int | float | list[str]]:
    """How the embedded engine is set up: no network, a memory limit (`ANJU_FIGURES_MEMORY`, 1GB)."""
    return {
        "memory_limit": os.environ.get("ANJU_FIGURES_MEMORY", "1GB"),
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
        "preserve_insertion_order": "false",
    }


@lru_cache(maxsize=1)
def _database(process: int) -> duckdb.DuckDBPyConnection:
    # One per process (a forked child must not use its parent's). It keeps nothing: views over files, nothing else.
    database = duckdb.connect(":memory:", config=settings())
    database.execute("LOAD parquet")
    database.execute("SET parquet_metadata_cache = true")
    return database


class DuckDBEngine(CompiledEngine):
    """Evaluates over one snapshot. Cheap to make; the statements and views behind it are kept."""

    name: ClassVar[str] = "duckdb"
    dialect: ClassVar[str] = "duckdb"

    def __init__(self, snapshot: Snapshot | Manifest) -> None:
        self.manifest = snapshot if isinstance(snapshot, Manifest) else snapshot.manifest
        # Named by what it holds and where the files lie: one process may serve several installations, as tests do.
        self.schema = "s" + sm3(f"{self.manifest.digest()} {home_dir()}".encode())[:32]

    def shape(self, fact: str) -> Shape:
        """The columns the snapshot has. Raises AnjuError `figures.fact_absent`, `segment_missing`, `segment_altered`."""
        held = self.manifest.facts.get(fact)
        if held is None:
            raise AnjuError.of(
                "figures.fact_absent",
                f"快照里没有事实“{fact}”。",
                where=fact,
                advice="快照可能早于这本台账的建立；请刷新快照后重算。",
            )
        self._make_readable(fact, held)
        return Shape.of(fact, held.kinds)

    def is_empty(self, fact: str) -> bool:
        """What the manifest says."""
        held = self.manifest.facts.get(fact)
        return held is not None and held.rows == 0

    def fetch(self, fact: str, statement: str) -> list[tuple[Any, ...]]:
        """All rows of the statement."""
        with self._cursor() as cursor:
            return list(cursor.execute(statement).fetchall())

    def stream(self, fact: str, reading: Reading) -> Iterator[pa.RecordBatch]:
        """Batches as the engine hands them over."""
        with self._cursor() as cursor:
            yield from cursor.sql(reading.statement).to_arrow_reader(65_536)

    def prove(self, aggregates: Sequence[Aggregate]) -> list[Proof]:
        """As every engine, but remembered: a snapshot does not change. The files are looked at each time all the same."""
        for fact in {aggregate.fact for aggregate in aggregates}:
            self.shape(fact)
        keys = [(self.schema, aggregate) for aggregate in aggregates]
        known = {key: proof for key in keys if (proof := _proofs.pop(key, None)) is not None}
        missing = list(dict.fromkeys(aggregate for key, aggregate in zip(keys, aggregates, strict=True) if key not in known))
        known |= {(self.schema, aggregate): proof for aggregate, proof in zip(missing, super().prove(missing), strict=True)}
        _proofs.update(known)
        while len(_proofs) > MAX_PROOFS:
            _proofs.pop(next(iter(_proofs)), None)
        return [known[key] for key in keys]

    def _cursor(self) -> duckdb.DuckDBPyConnection:
        cursor = _database(os.getpid()).cursor()
        cursor.execute(f"SET schema = '{self.schema}'")
        return cursor

    def _make_readable(self, fact: str, held: FactSegments) -> None:
        paths = segments.checked_paths(fact, held.segments)
        database = _database(os.getpid())
        with _making, database.cursor() as cursor:
            mark = f"{os.getpid()} {self.schema}.{fact}"
            if mark in _made:
                return
            cursor.execute(f"CREATE SCHEMA IF NOT EXISTS {self.schema}")
            cursor.execute(f'CREATE OR REPLACE VIEW {self.schema}."fact_{fact}" AS {_source(held, paths)}')
            _made.add(mark)


_made: set[str] = set()
_proofs: dict[tuple[str, Aggregate], Proof] = {}
MAX_PROOFS = 5000


def _source(held: FactSegments, paths: list[str]) -> str:
    if paths:
        files = ", ".join("'" + path.replace("'", "''") + "'" for path in paths)
        return f"SELECT * FROM read_parquet([{files}])"  # noqa: S608 (our own file names)
    columns = ", ".join(f'NULL::{_TYPES[kind]} AS "{name}"' for name, kind in held.kinds.items())
    return f"SELECT {columns} WHERE false"
