"""Where the books of the sample bureaus are put, and the chance each is made with."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from anju.site.demo.dice import Dice
from anju.site.demo.paper import Sheet
from anju.site.demo.people import People
from anju.site.demo.writing import write_csv, write_xlsx

COUNTY = "dongyuan"
CENTER = "东原县房产服务中心"
SIGNED = "填报人：王例明    审核人：李例诚    填报日期：2023年7月14日"


@dataclass(frozen=True, slots=True)
class Book:
    """A file in the hands of a bureau, and the ledger it belongs to."""

    path: Path
    ledger: str
    bureau_code: str
    title: str


@dataclass(frozen=True, slots=True)
class Shelf:
    """A folder being filled with the books of one seed."""

    folder: Path
    seed: int

    def dice(self, name: str) -> Dice:
        """The stream of chance of this name."""
        return Dice(self.seed, name)

    def people(self, name: str) -> People:
        """People of a stream of their own, so that amounts do not depend on names."""
        return People(self.dice(f"{name}/people"))

    def xlsx(self, ledger: str, title: str, sheets: Sequence[Sheet], bureau: str = COUNTY) -> Book:
        """Put a workbook on the shelf."""
        return Book(write_xlsx(self.folder / f"{title}.xlsx", sheets), ledger, bureau, title)

    def csv(self, ledger: str, title: str, sheet: Sheet, bureau: str = COUNTY) -> Book:
        """Put a text file in GB18030 on the shelf."""
        return Book(write_csv(self.folder / f"{title}.csv", sheet), ledger, bureau, title)


Maker = Callable[[Shelf], list[Book]]
