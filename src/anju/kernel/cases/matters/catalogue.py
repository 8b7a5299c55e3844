"""The matters of this installation: those the slices declare and those declared under ANJU_HOME/matters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

import anju
from anju.kernel.cases.matters.checking import place_of
from anju.kernel.cases.matters.declaration import Matter, Term
from anju.kernel.cases.matters.reading import BAD, read_matters_file
from anju.kernel.database.home import home_dir
from anju.kernel.errors import AnjuError, Problem
from anju.kernel.orgs.roles import default_roles
from anju.kernel.parameters.catalogue import all_parameters
from anju.kernel.parameters.declaration import Kind

LOCAL_SLICE = "local"
DAY_UNITS = ("日", "天", "工作日", "个工作日", "月", "个月", "年")
_also: dict[str, Matter] = {}


def all_matters() -> dict[str, Matter]:
    """Every matter by name, the version its file declares now. Raises AnjuError with every problem of every file, each at `file:line`."""
    return {**_declared(), **_also}


def get(name: str) -> Matter:
    """The matter of this name. Raises AnjuError `cases.unknown_matter`."""
    matter = _also.get(name) or _declared().get(name)
    if matter is None:
        advice = f"现有：{'、'.join(sorted(all_matters()))}。"
        raise AnjuError.of("cases.unknown_matter", f"没有名为“{name}”的事项。", advice=advice)
    return matter


def forget() -> None:
    """Read the declarations again at the next use."""
    _declared.cache_clear()


@contextmanager
def declared_also(matters: Iterable[Matter]) -> Iterator[None]:
    """Matters that exist besides the declared ones until the block ends."""
    before = dict(_also)
    _also.update({matter.name: matter for matter in matters})
    try:
        yield
    finally:
        _also.clear()
        _also.update(before)


def matter_files() -> Iterator[tuple[Path, str, str]]:
    """(path, slice, name in problems) of every file: `domains/<slice>/matters.yaml`, `matters/*.yaml`, then the installation's own."""
    package = Path(anju.__file__).parent
    shipped = [*(package / "domains").glob("*/matters.yaml"), *(package / "domains").glob("*/matters/*.yaml")]
    for path in sorted(shipped):
        yield path, path.relative_to(package / "domains").parts[0], str(path.relative_to(package.parent))
    for path in sorted((home_dir() / "matters").glob("*.yaml")):
        yield path, LOCAL_SLICE, f"matters/{path.name}"


@lru_cache(maxsize=1)
def _declared() -> dict[str, Matter]:
    matters: dict[str, Matter] = {}
    problems: list[Problem] = []
    for path, slice_name, shown in matter_files():
        try:
            found = read_matters_file(path, file=shown, slice=slice_name)
        except AnjuError as error:
            problems += error.problems
            continue
        for matter in found:
            if matter.name in matters:
                problems.append(_problem(matter, f"事项“{matter.name}”已在 {matters[matter.name].where} 声明。", "请换一个名称。"))
            matters[matter.name] = matter
    problems += _prefix_problems(matters.values())
    problems += role_problems(matters.values(), {role.code for role in default_roles()})
    problems += parameter_problems(matters.values())
    if problems:
        raise AnjuError(problems)
    return matters


def _prefix_problems(matters: Iterable[Matter]) -> Iterator[Problem]:
    seen: dict[str, Matter] = {}
    for matter in matters:
        other = seen.setdefault(matter.prefix, matter)
        if other is not matter:
            yield _problem(matter, f"案号字头“{matter.prefix}”已被“{other.title}”使用。", "请换一个。")


def role_problems(matters: Iterable[Matter], roles: set[str]) -> Iterator[Problem]:
    """Roles that matters name and nobody can hold."""
    known = "、".join(sorted(roles))
    for matter in matters:
        named = [(step.role, place_of(matter, step)) for step in matter.by_step.values()]
        named += [(matter.terminate_role, ("terminate",))]
        if matter.reopening is not None:
            named.append((matter.reopening.role, ("reopen",)))
        if matter.clock is not None and matter.clock.extension is not None:
            named.append((matter.clock.extension.role, ("clock", "extend")))
        for role, path in named:
            if role and role not in roles:
                where = matter.lines.get((matter.name, *path), matter.where)
                yield Problem(BAD, where, f"“{matter.title}”用到的角色“{role}”不存在。", f"可用：{known}，或在本业务的 roles.yaml 中声明。")


def parameter_problems(matters: Iterable[Matter]) -> Iterator[Problem]:
    """Parameters that limits name and nobody declares, or that are no length of time."""
    wanted = [(matter, name) for matter in matters for name in parameters_of(matter)]
    if not wanted:
        return
    declared = all_parameters()
    for matter, name in wanted:
        found = declared.get(name)
        if found is None:
            yield _problem(matter, f"“{matter.title}”用到的参数“{name}”没有声明。", "请在业务的 parameters.yaml 中声明。")
        elif found.kind not in (Kind.TEXT, Kind.INTEGER) or (found.kind is Kind.INTEGER and found.shape.unit not in DAY_UNITS):
            advice = f"用文字（7个工作日），或整数并写单位（{'、'.join(DAY_UNITS)}）。"
            yield _problem(matter, f"参数“{name}”不是一段时间。", advice)


def parameters_of(matter: Matter) -> Iterator[str]:
    """The names of the parameters a matter takes its limits from, each once."""
    terms: list[Term | None] = [step.limit for step in matter.by_step.values()]
    terms += [one.may_follow for one in matter.materials] + [matter.supplement.within]
    terms += [term for one in matter.checks.values() for term in (one.limit, one.valid_for)]
    terms += [term for stage in matter.stages if stage.publicity for term in (stage.publicity.days, stage.publicity.settle_within)]
    if matter.clock is not None:
        terms += [matter.clock.limit, matter.clock.statutory, matter.clock.extension.limit if matter.clock.extension else None]
    yield from dict.fromkeys(term.parameter for term in terms if term is not None and term.parameter)


def _problem(matter: Matter, what: str, advice: str) -> Problem:
    return Problem(BAD, matter.where, what, advice)
