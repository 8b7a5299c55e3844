"""All templates of this installation: those the slices bring and those an office put under ANJU_HOME/templates."""

from __future__ import annotations

from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path

from anju.kernel.database.home import home_dir
from anju.kernel.declarations.reading import read_file
from anju.kernel.errors import AnjuError, Problem
from anju.kernel.reports.findings.relations import Relation, read_relations
from anju.kernel.reports.template import Template, read_template
from anju.kernel.reports.validation import check_relations, check_template

DOMAINS = Path(__file__).parents[2] / "domains"
OWN = "own"
"""The slice name of an office's own templates."""


def all_templates() -> dict[str, Template]:
    """Every template by name, read and checked against the indicators; an office's own file replaces a brought one of the same name.

    Raises AnjuError with every mistake in every file.
    """
    return _read(tuple((slice_name, path, path.stat().st_mtime_ns) for slice_name, path in template_files()))


def template(name: str) -> Template:
    """The template of this name. Raises AnjuError `reports.unknown_template` with the nearest names."""
    templates = all_templates()
    if name in templates:
        return templates[name]
    near = get_close_matches(name, templates, n=3) or sorted(templates)
    raise AnjuError.of(
        "reports.unknown_template", f"没有名为“{name}”的报告模板。", advice=f"可用的有：{'、'.join(near) or '（还没有模板）'}。"
    )


def template_files() -> list[tuple[str, Path]]:
    """(slice, file) of every template, in the order of the slices; the office's own last."""
    domains = sorted(path for path in DOMAINS.iterdir() if path.is_dir())
    found = [(folder.name, path) for folder in domains for path in sorted((folder / "reports").glob("*.txt"))]
    return found + [(OWN, path) for path in sorted((home_dir() / "templates").glob("*.txt"))]


@lru_cache(maxsize=4)
def _read(files: tuple[tuple[str, Path, int], ...]) -> dict[str, Template]:
    problems: list[Problem] = []
    found: dict[str, Template] = {}
    for slice_name, path, _ in files:
        try:
            template = read_template(path, slice_name=slice_name)
        except AnjuError as error:
            problems += error.problems
            continue
        problems += check_template(template)
        found[template.name] = template
    if problems:
        raise AnjuError(problems)
    return found


@lru_cache(maxsize=1)
def slice_relations() -> tuple[Relation, ...]:
    """Relations that hold in every report, from `domains/<slice>/relations.yaml` (a list under `relations`)."""
    problems: list[Problem] = []
    found: list[Relation] = []
    for path in sorted(DOMAINS.glob("*/relations.yaml")):
        source = read_file(path, f"{path.parent.name}/relations.yaml")
        problems += source.problems
        relations = read_relations(source, ("relations",), source.data.get("relations"), problems)
        problems += check_relations(relations)
        found += relations
    if problems:
        raise AnjuError(problems)
    return tuple(found)
