"""What checking finds: one issue per wrong place, and the verdict on every row."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import polars as pl

from anju.kernel.errors import Problem
from anju.kernel.ledgers.declaration import Ledger, Level

MAX_ISSUES = 20_000
"""Issues kept with their words; rows beyond it are still judged."""


@dataclass(frozen=True, slots=True)
class Issue:
    """`row`: 0 for the first row checked. `field`: None when it concerns the whole row. `other`: the row it clashes with, if any.

    Levels: `block` nothing of the batch may go in; `must_fix` this row may not; `confirm` it may when somebody says so.
    """

    row: int
    field: str | None
    code: str
    level: Level
    value: str
    what: str
    advice: str
    other: int | None = None

    def problem(self, ledger: Ledger, place: str = "") -> Problem:
        """As a problem; `place` says where a person finds the row (`合同台账 第17行`), the label of the field follows."""
        label = f"“{ledger.field(self.field).label}”" if self.field else ""
        return Problem(code=self.code, where=f"{place}{label}", what=self.what, advice=self.advice)


@dataclass(slots=True)
class Checked:
    """The typed rows and the verdict on them.

    `frame`: one column per field (see `values.dtype_of`; references are record ids) and `region_code`, in the order of the rows given;
    a wrong cell is null. `wrong`, `to_confirm`, `already`: booleans per row; `already`: an identical live record exists, nothing to
    add. `existing`: the id of the live record with the same key. `issues` in row order, at most MAX_ISSUES; `more` counts the rest.
    """

    frame: pl.DataFrame
    issues: list[Issue]
    wrong: pl.Series
    to_confirm: pl.Series
    already: pl.Series
    existing: pl.Series
    more: int = 0

    @property
    def blocked(self) -> bool:
        """Whether something stands against the whole batch."""
        return any(issue.level == "block" for issue in self.issues)

    @property
    def ready(self) -> pl.Series:
        """Rows that may go in as they are."""
        return ~(self.wrong | self.to_confirm | self.already)


@dataclass(slots=True)
class Findings:
    """Collects issues while rows are judged."""

    rows: int
    issues: list[Issue] = field(default_factory=list)
    more: int = 0
    wrong_rows: set[int] = field(default_factory=set)
    confirm_rows: set[int] = field(default_factory=set)
    faulty: dict[str, set[int]] = field(default_factory=dict)

    def add(self, issue: Issue) -> None:
        """Note an issue; every one decides its row, the first MAX_ISSUES keep their words."""
        (self.confirm_rows if issue.level == "confirm" else self.wrong_rows).add(issue.row)
        if issue.field is not None and issue.level != "confirm":
            self.faulty.setdefault(issue.field, set()).add(issue.row)
        if len(self.issues) < MAX_ISSUES or issue.level == "block":
            self.issues.append(issue)
        else:
            self.more += 1

    def judge(self, rows: Iterable[int], level: Level, make: Callable[[int], Issue]) -> None:
        """Note one issue of this level for each row; beyond MAX_ISSUES the rows are judged without making the words."""
        left = list(rows)
        while left and len(self.issues) < MAX_ISSUES:
            batch, left = left[: MAX_ISSUES - len(self.issues)], left[MAX_ISSUES - len(self.issues) :]
            for row in batch:
                self.add(make(row))
        (self.confirm_rows if level == "confirm" else self.wrong_rows).update(left)
        self.more += len(left)

    def mask(self, rows: set[int]) -> pl.Series:
        """A boolean per row."""
        mask = pl.Series("rows", [False], dtype=pl.Boolean).new_from_index(0, self.rows)
        return mask.scatter(sorted(rows), True) if rows else mask
