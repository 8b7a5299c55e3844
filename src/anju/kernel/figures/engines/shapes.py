"""A fact as an engine has it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir

from anju.kernel.errors import AnjuError


@dataclass(frozen=True, slots=True)
class Shape:
    """A fact as an engine has it: the name of its table and its columns with their kinds (int64, date, string)."""

    table_name: str
    columns: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, fact: str, kinds: Mapping[str, str]) -> Shape:
        """The shape of the fact of this name."""
        return cls(table_name=f"fact_{fact}", columns=tuple(kinds.items()))

    def kind(self, column: str) -> str:
        """The kind of a column. Raises AnjuError `figures.column_absent`: an old snapshot may lack what was added later."""
        for name, kind in self.columns:
            if name == column:
                return kind
        raise AnjuError.of(
            "figures.column_absent",
            f"所用的数据里没有“{column}”这一列。",
            where=self.table_name,
            advice="快照可能早于该列的增加；请刷新快照后重算。",
        )

    def table(self) -> ir.Table:
        """An unbound ibis table."""
        return ibis.table(dict(self.columns), name=self.table_name)
