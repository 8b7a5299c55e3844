"""What other code and pages may read of the register."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum
from django.utils import timezone

from anju.domains.property.models import Building, Lineage, Project, Restriction, Unit, UnitEvent
from anju.domains.property.stages import BLOCKING, STOCK, Stage
from anju.kernel.access.scope import Scope
from anju.kernel.database import prepared
from anju.kernel.errors import AnjuError

STANDING = Q(removed_on=None, voided_at=None)
"""Units that are there."""


def projects(scope: Scope) -> QuerySet[Project]:
    """Projects of this scope, by name."""
    return scope.narrow(Project.objects.order_by("name", "pk"))


def project(number: int, scope: Scope) -> Project:
    """One project. Raises AnjuError `property.unknown_project`."""
    found = scope.narrow(Project.objects.filter(pk=number)).first()
    if found is None:
        raise AnjuError.of("property.unknown_project", "没有这个项目。", advice="请从项目列表进入。")
    return found


def building(number: int, scope: Scope) -> Building:
    """One building with its project. Raises AnjuError `property.unknown_building`."""
    found = scope.narrow(Building.objects.select_related("project").filter(pk=number)).first()
    if found is None:
        raise AnjuError.of("property.unknown_building", "没有这幢楼。", advice="请从项目页进入。")
    return found


def unit(number: int, scope: Scope) -> Unit:
    """One unit with its building and project. Raises AnjuError `property.unknown_unit`."""
    found = scope.narrow(Unit.objects.select_related("building__project").filter(pk=number)).first()
    if found is None:
        raise AnjuError.of("property.unknown_unit", "没有这个户室。", advice="请从楼盘表进入。")
    return found


def buildings_of(project: Project) -> QuerySet[Building]:
    """The buildings of a project, by number."""
    return Building.objects.filter(project=project).order_by("number", "pk")


def buildings_with(units: Sequence[int]) -> QuerySet[Building]:
    """The buildings these units stand in, by number."""
    return Building.objects.filter(units__in=list(units)).distinct().order_by("number", "pk")


def units_by_id(units: Sequence[int]) -> list[Unit]:
    """Units with their building."""
    return list(Unit.objects.select_related("building").filter(pk__in=list(units)).order_by("pk"))


def units_to_permit(project: Project, buildings: Sequence[int]) -> list[int]:
    """The units of these buildings that may come under a permit: standing and in no withheld class."""
    found = Unit.objects.filter(STANDING, building__project=project, building__in=list(buildings), withheld="")
    return list(found.order_by("pk").values_list("pk", flat=True))


def use_labels() -> dict[str, str]:
    """The uses of units and their Chinese names."""
    return {code: str(label) for code, label in Unit.Use.choices}


def units_of(building: Building) -> QuerySet[Unit]:
    """The units that stand in a building, from the top floor down."""
    return Unit.objects.filter(STANDING, building=building).order_by("-floor", "entrance", "room")


def saleable(units: QuerySet[Unit] | None = None) -> QuerySet[Unit]:
    """Units that can be signed now: on sale (or reserved past the end, MK-10) with no blocking restriction."""
    found = Unit.objects.all() if units is None else units
    free = Q(stage=Stage.SALEABLE) | Q(stage=Stage.RESERVED, reserved_until__lte=timezone.now())
    return found.filter(STANDING & free).exclude(limits__overlap=sorted(BLOCKING))


@dataclass(frozen=True, slots=True)
class Stock:
    """Units and their area in ㎡ for sale, by use (库存)."""

    use: str
    units: int
    area: Decimal


def stock(scope: Scope) -> list[Stock]:
    """What is for sale now in this scope: on sale or reserved, by use."""
    rows = (
        scope.narrow(Unit.objects.filter(STANDING, stage__in=sorted(STOCK)))
        .values("use")
        .order_by("use")
        .annotate(units=Count("pk"), total=Sum("area"))
    )
    return [Stock(row["use"], row["units"], row["total"]) for row in rows]


def counts_by_stage(units: QuerySet[Unit]) -> dict[str, int]:
    """How many units stand in each stage."""
    return dict(units.filter(STANDING).order_by().values_list("stage").annotate(number=Count("pk")))


def find_units(text: str, scope: Scope, *, limit: int = 50) -> list[Unit]:
    """Units by their number, code or room (`锦和苑 3栋 1201`: every word must fit), at most `limit`."""
    words = [word for word in text.split() if word][:5]
    if not words:
        return []
    if len(words) == 1 and len(words[0]) >= 8 and words[0].isalnum() and words[0].isascii():
        return _by_number(words[0], scope)[:limit]
    found: Any = scope.narrow(Unit.objects.filter(STANDING).select_related("building__project"))
    # Buildings are few: where some words name them, only their units are looked at. The planner cannot find that out by itself.
    places: set[int] | None = None
    for word in sorted(words, key=str.isascii):
        there = set() if word.isascii() and places is None else _buildings_named(word, scope, places)
        if there and not word.isascii():
            places = there
            continue
        if places is None:
            inside = Q(building__project__name__contains=word) | Q(building__number__startswith=word)
        else:
            inside = Q(building__in=there)
        found = found.filter(inside | Q(room=word) | Q(entrance=word))
    if places is not None:
        found = found.filter(building__in=places)
    return list(found.order_by("building__project__name", "building__number", "floor", "room", "pk")[:limit])


def _buildings_named(word: str, scope: Scope, among: set[int] | None) -> set[int]:
    rows = scope.narrow(Building.objects.filter(Q(project__name__contains=word) | Q(number__startswith=word)))
    rows = rows if among is None else rows.filter(pk__in=among)
    return set(rows.values_list("pk", flat=True)[:5000])


def _by_number(text: str, scope: Scope) -> list[Unit]:
    mine = [] if scope.bureau_id is None else [scope.bureau_id]
    values = [text, *mine, text.upper(), *mine]
    return [with_its_building(row) for row in prepared.ask(_numbered_statement(bool(mine)), values)]


def with_its_building(row: Sequence[Any]) -> Unit:
    """The unit of a row that reads unit, building and project with all their columns."""
    unit: Unit
    unit, building, project = prepared.joined((Unit, Building, Project), row)
    building.project, unit.building = project, building
    return unit


@cache
def joined_columns() -> str:
    """Those columns, of `u`, `b` and `p`."""
    return ", ".join(prepared.read_columns(model, alias) for model, alias in ((Unit, "u"), (Building, "b"), (Project, "p")))


@cache
def _numbered_statement(of_a_bureau: bool) -> str:
    mine = " AND u.bureau_id = %s" if of_a_bureau else ""
    one = (
        f"SELECT {joined_columns()} FROM property_unit u JOIN property_building b ON b.id = u.building_id"  # noqa: S608
        " JOIN property_project p ON p.id = b.project_id WHERE u.removed_on IS NULL AND u.voided_at IS NULL AND {} = %s"
    )
    return f"{one.format('u.unit_no')}{mine} UNION ALL {one.format('u.unit_code')}{mine}"


def units_by_place(rows: Iterable[tuple[str, str, str]], bureau_id: int) -> dict[tuple[str, str, str], list[Unit]]:
    """The units at (project, building, room) of one bureau, whatever floor: books that know no floor find them so."""
    wanted = set(rows)
    found: dict[tuple[str, str, str], list[Unit]] = {}
    by_project: dict[str, set[str]] = {}
    for name, number, _room in wanted:
        by_project.setdefault(name, set()).add(number)
    for name, numbers in by_project.items():
        units = Unit.objects.filter(STANDING, bureau_id=bureau_id, building__project__name=name, building__number__in=sorted(numbers))
        for each in units.select_related("building").order_by("pk"):
            place = (name, each.building.number, each.room)
            if place in wanted:
                found.setdefault(place, []).append(each)
    return found


def restrictions_of(units: Sequence[int]) -> QuerySet[Restriction]:
    """Restrictions that stand on these units, waiting ones too."""
    return Restriction.objects.filter(unit__in=units, lifted_on=None).order_by("unit", "placed_on", "pk")


def story_of(unit: Unit) -> list[UnitEvent]:
    """Every move of the unit's stage, the newest first."""
    return list(UnitEvent.objects.filter(unit=unit).order_by("-pk")[:200])


def lineage_of(unit: Unit) -> tuple[list[Unit], list[Unit]]:
    """What the unit came from, and what it became."""
    before = Lineage.objects.filter(after=unit).select_related("before__building").order_by("pk")
    after = Lineage.objects.filter(before=unit).select_related("after__building").order_by("pk")
    return [line.before for line in before], [line.after for line in after]


def totals(projects: Iterable[int]) -> dict[int, dict[str, Any]]:
    """Units, area, units on sale and sold of each project."""
    rows = (
        Unit.objects.filter(STANDING, building__project__in=list(projects))
        .order_by()
        .values(number=F("building__project"))
        .annotate(
            units=Count("pk"),
            total=Sum("area"),
            on_sale=Count("pk", filter=Q(stage__in=sorted(STOCK))),
            sold=Count("pk", filter=Q(stage__in=[Stage.SIGNED, Stage.FILED, Stage.REGISTERED])),
            buildings=Count("building", distinct=True),
        )
    )
    return {row["number"]: dict(row) for row in rows}
