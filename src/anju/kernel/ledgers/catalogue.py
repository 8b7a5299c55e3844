"""The ledgers of this installation: those the slices declare and those declared under ANJU_HOME/ledgers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

import anju
from anju.kernel.database.home import home_dir
from anju.kernel.errors import AnjuError, Problem
from anju.kernel.ledgers.declaration import Field, Ledger, Rule
from anju.kernel.ledgers.reading import read_ledger, read_ledger_file

__all__ = ["Field", "Ledger", "Rule", "all_ledgers", "declared_also", "forget", "get", "read_ledger"]

LOCAL_SLICE = "local"
_also: dict[str, Ledger] = {}


def all_ledgers() -> dict[str, Ledger]:
    """Every ledger by name, a referenced ledger before the one that refers to it.

    Raises AnjuError with every problem of every file, each at `file:line`.
    """
    return _in_order({**_all_declared(), **_also})


def get(name: str) -> Ledger:
    """The ledger of this name. Raises AnjuError `ledgers.unknown`."""
    ledger = _also.get(name) or _all_declared().get(name)
    if ledger is None:
        raise AnjuError.of("ledgers.unknown", f"没有名为“{name}”的台账。", advice=f"现有：{'、'.join(sorted(_all_declared()))}。")
    return ledger


def forget() -> None:
    """Read the declarations again at the next use."""
    _declared.cache_clear()


@contextmanager
def declared_also(ledgers: Iterable[Ledger]) -> Iterator[None]:
    """Ledgers that exist besides the declared ones until the block ends."""
    before = dict(_also)
    _also.update({ledger.name: ledger for ledger in ledgers})
    try:
        yield
    finally:
        _also.clear()
        _also.update(before)


def _all_declared() -> dict[str, Ledger]:
    # A page added to the office's folder by another process of this server changes the folder's own time.
    folder = home_dir() / "ledgers"
    return _declared(folder.stat().st_mtime_ns if folder.is_dir() else 0)


@lru_cache(maxsize=1)
def _declared(_folder_changed: int) -> dict[str, Ledger]:
    ledgers: dict[str, Ledger] = {}
    problems: list[Problem] = []
    for path, slice_name, shown in _files():
        try:
            ledger = read_ledger_file(path, file=shown, slice=slice_name)
        except AnjuError as error:
            problems += error.problems
            continue
        if ledger.name in ledgers:
            problems.append(_problem(ledger, f"台账“{ledger.name}”已在 {ledgers[ledger.name].where} 声明。", "请换一个名称。"))
        ledgers[ledger.name] = ledger
    for ledger in ledgers.values():
        problems += _reference_problems(ledger, ledgers)
    if problems:
        raise AnjuError(problems)
    return ledgers


def _files() -> Iterator[tuple[Path, str, str]]:
    package = Path(anju.__file__).parent
    for path in sorted((package / "domains").glob("*/ledgers/*.yaml")):
        yield path, path.parent.parent.name, str(path.relative_to(package.parent))
    for path in sorted((home_dir() / "ledgers").glob("*.yaml")):
        yield path, LOCAL_SLICE, f"ledgers/{path.name}"


def _reference_problems(ledger: Ledger, ledgers: dict[str, Ledger]) -> Iterator[Problem]:
    for field in ledger.fields:
        if field.type != "reference":
            continue
        target = ledgers.get(field.reference)
        if target is None:
            yield _problem(ledger, f"字段“{field.name}”引用的台账“{field.reference}”不存在。", "请核对名称。")
        elif len(target.key) != 1 or target.field(target.key[0]).type == "reference":
            yield _problem(
                ledger, f"字段“{field.name}”引用的台账“{field.reference}”不是用单个编号认记录的。", "只能引用 key 为一个编号字段的台账。"
            )


def _in_order(ledgers: dict[str, Ledger]) -> dict[str, Ledger]:
    ordered: dict[str, Ledger] = {}

    def place(ledger: Ledger, above: tuple[str, ...]) -> None:
        if ledger.name in ordered:
            return
        if ledger.name in above:
            raise AnjuError(_problem(ledger, f"台账互相引用成环：{'→'.join((*above, ledger.name))}。", "请去掉其中一个引用。"))
        for field in ledger.fields:
            if field.reference and field.reference != ledger.name and field.reference in ledgers:
                place(ledgers[field.reference], (*above, ledger.name))
        ordered[ledger.name] = ledger

    for ledger in ledgers.values():
        place(ledger, ())
    return ordered


def _problem(ledger: Ledger, what: str, advice: str) -> Problem:
    return Problem(code="ledgers.declaration", where=ledger.where, what=what, advice=advice)
