"""What everybody may see of the register: which units there are and whether they can be bought. Never whose they are (MK-17)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from anju.domains.property.board import Board, lay_out
from anju.domains.property.models import Building, Project, Unit
from anju.domains.property.queries import STANDING
from anju.domains.property.stages import Stage
from anju.kernel.access.scope import Scope, using_scope
from anju.kernel.errors import AnjuError

LISTED = 200

Prices = Callable[[Sequence[int]], Mapping[int, Mapping[str, str]]]
_prices: list[Prices] = []


def add_public_prices(provider: Prices) -> None:
    """A slice above tells the filed prices of units, as they are published (一房一价)."""
    if provider not in _prices:
        _prices.append(provider)


@dataclass(frozen=True, slots=True)
class PublicBuilding:
    """A building on the public pages."""

    building: Building
    project: Project
    board: Board


def published_projects(text: str = "") -> list[Project]:
    """Projects with at least one unit that has gone on sale, by name, at most LISTED."""
    with using_scope(Scope.system()):
        found = Project.objects.filter(buildings__units__in=Unit.objects.filter(STANDING).exclude(stage=Stage.INITIAL)).distinct()
        if text:
            found = found.filter(name__contains=text)
        return list(found.order_by("region_code", "name", "pk")[:LISTED])


def published_buildings(number: int) -> tuple[Project, list[Building]]:
    """A published project and its buildings. Raises AnjuError `property.unknown_project`."""
    with using_scope(Scope.system()):
        found = Project.objects.filter(pk=number).first()
        on_sale = Unit.objects.filter(STANDING, building__project=number).exclude(stage=Stage.INITIAL)
        if found is None or not on_sale.exists():
            raise AnjuError.of("property.unknown_project", "没有这个项目，或尚未公开销售。", advice="请从项目列表进入。")
        return found, list(Building.objects.filter(project=found, units__in=on_sale).distinct().order_by("number", "pk"))


def published_board(number: int) -> PublicBuilding:
    """The public board of a building of a published project. Raises AnjuError `property.unknown_building`."""
    with using_scope(Scope.system()):
        found = Building.objects.select_related("project").filter(pk=number).first()
        units = list(Unit.objects.filter(STANDING, building=number).order_by("-floor", "entrance", "room"))
        if found is None or all(unit.stage == Stage.INITIAL for unit in units):
            raise AnjuError.of("property.unknown_building", "没有这幢楼，或尚未公开销售。", advice="请从项目列表进入。")
        numbers = [unit.pk for unit in units]
        said: dict[int, dict[str, str]] = {}
        for provider in _prices:
            for unit_id, words in provider(numbers).items():
                said.setdefault(unit_id, {}).update(words)
        return PublicBuilding(found, found.project, lay_out(units, said))
