"""What slices above show on a unit's page: contracts, filed prices, escrow. They register, the register knows none of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from anju.domains.property.models import Project, Unit
from anju.kernel.access.actor import Actor


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a page: its title, the template that shows it and what that needs."""

    title: str | Promise
    template: str
    context: dict[str, Any]


UnitSections = Callable[[Unit, Actor], Section | None]
ProjectSections = Callable[[Project, Actor], Section | None]
_of_units: list[UnitSections] = []
_of_projects: list[ProjectSections] = []


def add_unit_section(section: UnitSections) -> None:
    """Show this on every unit's page; None leaves it out."""
    if section not in _of_units:
        _of_units.append(section)


def add_project_section(section: ProjectSections) -> None:
    """Show this on every project's page; None leaves it out."""
    if section not in _of_projects:
        _of_projects.append(section)


def unit_sections(unit: Unit, actor: Actor) -> list[Section]:
    """The sections other slices bring to this unit's page."""
    return [made for section in _of_units if (made := section(unit, actor)) is not None]


def project_sections(project: Project, actor: Actor) -> list[Section]:
    """The sections other slices bring to this project's page."""
    return [made for section in _of_projects if (made := section(project, actor)) is not None]
