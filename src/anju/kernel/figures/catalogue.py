"""The catalogue of indicators: every definition of every slice, read and checked as one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from anju.kernel.database.home import home_dir
from anju.kernel.declarations.reading import read_file
from anju.kernel.errors import AnjuError, Problem
from anju.kernel.figures import facts as fact_catalogue
from anju.kernel.figures.checks import check_all
from anju.kernel.figures.definitions import read_entry
from anju.kernel.figures.facts import Fact
from anju.kernel.figures.indicators import Indicator


@dataclass(frozen=True, slots=True)
class DefinitionFile:
    """An indicators file: the slice it speaks for, where it lies, and how problems name it."""

    slice: str
    path: Path
    name: str


@dataclass(frozen=True)
class Catalogue:
    """Indicators by key, each with its versions in order of their dates."""

    versions: Mapping[str, tuple[Indicator, ...]]

    def latest(self) -> dict[str, Indicator]:
        """The newest version of each, by key."""
        return {key: each[-1] for key, each in self.versions.items()}

    def get(self, key: str, on: date | None = None) -> Indicator:
        """The version in force on a day, the newest by default. Raises AnjuError `figures.unknown_indicator`, `figures.no_version`."""
        versions = self.versions.get(key)
        if not versions:
            raise AnjuError.of("figures.unknown_indicator", f"没有名为“{key}”的指标。", where=key, advice=_similar(key, self.versions))
        if on is None:
            return versions[-1]
        for version in reversed(versions):
            if version.valid_from <= on <= version.valid_to:
                return version
        raise AnjuError.of(
            "figures.no_version", f"“{versions[-1].name}”在{on}没有有效的定义。", where=key, advice="请选择定义有效期之内的报告期。"
        )

    def leaves(self, indicator: Indicator, on: date | None = None) -> tuple[Indicator, ...]:
        """The indicators computed from rows that this one rests on, each once, in order."""
        if indicator.is_basic:
            return (indicator,)
        found: dict[str, Indicator] = {}
        for key in indicator.inputs:
            found.update({leaf.key: leaf for leaf in self.leaves(self.get(key, on), on)})
        return tuple(found.values())


def load(files: Iterable[DefinitionFile], facts: Mapping[str, Fact]) -> Catalogue:
    """Read and check the files. Raises AnjuError with every problem of all of them, each with its file and line."""
    versions: dict[str, tuple[Indicator, ...]] = {}
    places: dict[str, str] = {}
    problems: list[Problem] = []
    for file in files:
        source = read_file(file.path, file.name)
        problems.extend(source.problems)
        for key in source.data:
            if key in places:
                problems.append(
                    Problem("figures.indicator_twice", source.where(key), f"“{key}”已在{places[key]}定义。", "请改名或删去一个。")
                )
                continue
            places[key] = source.where(key)
            read_versions, wrong = read_entry(key, source, facts, file.slice)
            problems.extend(wrong)
            versions[key] = tuple(read_versions)
    problems.extend(check_all(versions, frozenset(places)))
    if problems:
        raise AnjuError(sorted(problems, key=_place_order))
    return Catalogue(versions)


def definition_files() -> tuple[DefinitionFile, ...]:
    """`indicators.yaml` and `indicators/*.yaml` of every slice, then `indicators/*.yaml` of the installation's own folder."""
    domains = Path(__file__).parents[2] / "domains"
    own = home_dir() / "indicators"
    pages = (*domains.glob("*/indicators.yaml"), *domains.glob("*/indicators/*.yaml"))
    shipped = (DefinitionFile(path.relative_to(domains).parts[0], path, f"domains/{path.relative_to(domains)}") for path in pages)
    added = (DefinitionFile(path.stem, path, f"indicators/{path.name}") for path in own.glob("*.yaml"))
    return (*sorted(shipped, key=lambda each: each.name), *sorted(added, key=lambda each: each.name))


def catalogue() -> Catalogue:
    """The catalogue of this installation, read again when a file has changed. Raises AnjuError as `load`."""
    return _read(tuple((file, file.path.stat().st_mtime_ns) for file in definition_files()))


@lru_cache(maxsize=4)
def _read(files: tuple[tuple[DefinitionFile, int], ...]) -> Catalogue:
    return load((file for file, _ in files), fact_catalogue.all_facts())


def reload() -> None:
    """Forget what was read, because the facts have changed; the next use reads the files again."""
    _read.cache_clear()


def all_indicators() -> dict[str, Indicator]:
    """The newest version of every indicator, by key."""
    return catalogue().latest()


def indicator(key: str, on: date | None = None) -> Indicator:
    """One indicator. Raises AnjuError `figures.unknown_indicator` or `figures.no_version`."""
    return catalogue().get(key, on)


def _similar(key: str, known: Mapping[str, object]) -> str:
    tail = key.rpartition(".")[2]
    near = [each for each in known if tail in each or each.rpartition(".")[2] in key][:5]
    return f"相近的有：{'、'.join(near)}。" if near else "请在指标目录中查找。"


def _place_order(problem: Problem) -> tuple[str, int]:
    name, _, line = problem.where.rpartition(":")
    return (name, int(line)) if line.isdigit() else (problem.where, 0)
