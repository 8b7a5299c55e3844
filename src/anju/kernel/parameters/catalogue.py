"""The parameters of this installation: those the slices declare and those declared in ANJU_HOME/parameters.yaml (named `local. ...`)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

import anju
from anju.kernel.database.home import home_dir
from anju.kernel.errors import AnjuError, Problem
from anju.kernel.parameters.declaration import Parameter
from anju.kernel.parameters.reading import read_parameters_file

LOCAL_SLICE = "local"
_also: dict[str, Parameter] = {}


def all_parameters() -> dict[str, Parameter]:
    """Every parameter by name, in order of slice and name. Raises AnjuError with every problem of every file, each at `file:line`."""
    return {**_declared(), **_also}


def parameter(name: str) -> Parameter:
    """The parameter of this name. Raises AnjuError `parameters.unknown`."""
    found = _also.get(name) or _declared().get(name)
    if found is None:
        raise AnjuError.of("parameters.unknown", f"没有名为“{name}”的参数。", advice="参数要先在业务包的 parameters.yaml 中声明。")
    return found


def forget() -> None:
    """Read the declarations again at the next use."""
    _declared.cache_clear()


@contextmanager
def declared_also(parameters: Iterable[Parameter]) -> Iterator[None]:
    """Parameters that exist besides the declared ones until the block ends."""
    before = dict(_also)
    _also.update({one.name: one for one in parameters})
    try:
        yield
    finally:
        _also.clear()
        _also.update(before)


@lru_cache(maxsize=1)
def _declared() -> dict[str, Parameter]:
    found: dict[str, Parameter] = {}
    problems: list[Problem] = []
    for path, slice_name, shown in _files():
        try:
            for one in read_parameters_file(path, file=shown, slice=slice_name):
                found[one.name] = one
        except AnjuError as error:
            problems += error.problems
    if problems:
        raise AnjuError(problems)
    return dict(sorted(found.items()))


def _files() -> Iterator[tuple[Path, str, str]]:
    package = Path(anju.__file__).parent
    for path in sorted((package / "domains").glob("*/parameters.yaml")):
        yield path, path.parent.name, str(path.relative_to(package.parent))
    local = home_dir() / "parameters.yaml"
    if local.is_file():
        yield local, LOCAL_SLICE, local.name
