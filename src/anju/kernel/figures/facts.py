"""Facts: the columnar face of records. Every ledger is a fact of its own name; slices with tables declare theirs.

A fact keeps its name and columns when a ledger is later replaced by tables, so indicators never notice.
"""

from __future__ import annotations

import hashlib
import importlib
import importlib.util
import json
import pkgutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from anju.kernel.errors import AnjuError

if TYPE_CHECKING:
    from anju.kernel.ledgers.catalogue import Ledger

IDENTITY = ("record_table", "record_id", "region_code", "bureau_id")
"""What every fact begins with: the record a row came from, and where it belongs."""

INTEGERS = frozenset({"integer", "decimal", "money", "area"})
DATES = frozenset({"date", "month"})


@dataclass(frozen=True, slots=True)
class Column:
    """One typed column. The stored integer is the value in `unit` times `scale`: money 元 and 100 (fen), area ㎡ and 100.

    `type`: a ledger type; `digest` stands in for personal identifiers, good for distinct counts and nothing else.
    `entered`: the unit people write the field in, which may be larger than `unit`. `choices`: code to label.
    """

    name: str
    label: str
    type: str
    unit: str = ""
    scale: int = 1
    entered: str = ""
    choices: Mapping[str, str] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        """How engines hold it: int64, date or string."""
        return "int64" if self.type in INTEGERS else "date" if self.type in DATES else "string"


@dataclass(frozen=True, slots=True)
class Source:
    """A table whose rows become rows of the fact.

    `expressions`: SQL over that table for each column, in the fact's stored scale, written by the slice and never from input.
    `live`: SQL condition of rows that count. The table has a bigint `id`, `region_code`, `bureau_id`, row-level security and the journal.
    `rows`: the view with the same ids the rows are read from, when it is not the table itself.
    """

    table: str
    expressions: Mapping[str, str]
    live: str = "true"
    rows: str = ""


@dataclass(frozen=True, eq=False)
class Fact:
    """A named set of typed rows. `follows`: further tables the expressions read; a change there re-exports the whole fact."""

    name: str
    title: str
    columns: Mapping[str, Column]
    sources: tuple[Source, ...]
    follows: tuple[str, ...] = ()

    @property
    def view(self) -> str:
        """The view of this fact, in PostgreSQL and in every other engine."""
        return f"fact_{self.name}"

    def column(self, name: str) -> Column:
        """A column by name. Raises AnjuError `figures.unknown_column`."""
        found = self.columns.get(name)
        if found is None:
            raise AnjuError.of(
                "figures.unknown_column",
                f"事实“{self.title}”没有“{name}”这一列。",
                where=self.name,
                advice=f"可用的列：{'、'.join(self.columns)}。",
            )
        return found

    def kinds(self) -> dict[str, str]:
        """Every column of the fact, identity first, with how engines hold it."""
        identity = {"record_table": "string", "record_id": "int64", "region_code": "string", "bureau_id": "int64"}
        return {**identity, **{name: column.kind for name, column in self.columns.items()}}

    @cached_property
    def fingerprint(self) -> str:
        """Changes when the exported rows would look different: columns, their kinds or how they are read."""
        shape = [self.name, self.kinds(), [_shape_of(source) for source in self.sources], self.follows]
        return hashlib.sha256(json.dumps(shape, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _shape_of(source: Source) -> list[object]:
    # A source without a view of its own keeps the fingerprint it always had.
    return [source.table, dict(source.expressions), source.live, *([source.rows] if source.rows else [])]


_declared: dict[str, Fact] = {}
_of_ledgers: dict[str, tuple[Ledger, Fact]] = {}


def declare(fact: Fact) -> Fact:
    """Register the fact of a slice (called when `domains/<slice>/facts.py` is imported); the last declaration of a name holds."""
    for source in fact.sources:
        missing = set(fact.columns) ^ set(source.expressions)
        if missing:
            raise ValueError(f"fact {fact.name}: {source.table} and the columns differ in {sorted(missing)}")
    _declared[fact.name] = fact
    return fact


def withdraw(name: str) -> None:
    """Forget a declared fact."""
    _declared.pop(name, None)


def all_facts() -> dict[str, Fact]:
    """Every fact by name: declared ones and those of the ledgers. Raises AnjuError `figures.fact_twice`."""
    from anju.kernel.ledgers import catalogue

    _discover()
    facts = dict(_declared)
    for ledger in catalogue.all_ledgers().values():
        made = _of_ledger(ledger)
        if made.name in facts:
            raise AnjuError.of(
                "figures.fact_twice",
                f"事实“{made.name}”既由代码声明，又是一本台账的名字。",
                where=made.name,
                advice="请给其中一个换名字。",
            )
        facts[made.name] = made
    return facts


def fact(name: str) -> Fact:
    """One fact by name. Raises AnjuError `figures.unknown_fact`."""
    found = _declared.get(name) or all_facts().get(name)
    if found is None:
        raise AnjuError.of("figures.unknown_fact", f"没有名为“{name}”的事实。", where=name, advice="请检查台账名称是否写对。")
    return found


_discovered = False


def _discover() -> None:
    global _discovered
    if _discovered:
        return
    domains = importlib.import_module("anju.domains")
    for package in pkgutil.iter_modules(domains.__path__, "anju.domains."):
        if importlib.util.find_spec(f"{package.name}.facts") is not None:
            importlib.import_module(f"{package.name}.facts")
    _discovered = True


def _of_ledger(ledger: Ledger) -> Fact:
    from anju.kernel.figures.ledger_facts import fact_of

    known = _of_ledgers.get(ledger.name)
    if known is None or known[0] is not ledger:
        known = _of_ledgers[ledger.name] = (ledger, fact_of(ledger))
    return known[1]
