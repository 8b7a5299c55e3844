"""Take a survey (测绘成果) of a building in: units come from it, and so do their areas."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import connection

from anju.domains.property.actions.staging import MOST_UNITS, lock_units
from anju.domains.property.models import Building, Survey, SurveyedUnit, Unit
from anju.domains.property.refusals import check_now, told_clearly
from anju.kernel.access.actor import Actor
from anju.kernel.errors import AnjuError, Problem
from anju.kernel.journal.actions import action


@dataclass(frozen=True, slots=True)
class SurveyLine:
    """One surveyed unit; areas in ㎡ with two places. `unit_no` empty: the register gives one. `where`: its place in the file."""

    entrance: str
    floor: int
    room: str
    use: str
    area: Decimal
    inner_area: Decimal | None = None
    shared_area: Decimal | None = None
    unit_no: str = ""
    unit_code: str | None = None
    layout: str = ""
    where: str = ""

    @property
    def key(self) -> tuple[str, int, str]:
        return self.entrance, self.floor, self.room


def take_survey(
    building: Building,
    lines: Sequence[SurveyLine],
    *,
    kind: Survey.Kind,
    document: str,
    surveyed_on: date,
    by: Actor,
    total_area: Decimal | None = None,
    surveyor: str = "",
    digest: str = "",
    key: str | None = None,
) -> Survey:
    """Enter the units of a survey and the areas it gives them; a later survey of the same units replaces their areas.

    `total_area`: as the survey prints it; must equal the sum within 0.01 ㎡ a unit (MK-03). An actual survey (实测绘) must name every unit
    in use. Needs `property.edit`. Raises AnjuError with every line that is wrong, `property.survey_adds_up`,
    `property.survey_misses_units`.
    """
    by.require("property.edit")
    _require_sound(lines)
    with told_clearly(), action("property.take_survey", by=by, key=key, reason=document) as entry:
        if entry.repeated:
            return Survey.objects.get(pk=entry.data["survey"])
        Building.objects.select_for_update().get(pk=building.pk)  # two surveys of one building wait for each other
        units = _units(building, lines, kind, surveyed_on)
        survey = Survey.objects.create(
            building=building,
            kind=kind,
            document=document.strip(),
            surveyor=surveyor.strip()[:80],
            surveyed_on=surveyed_on,
            unit_count=len(lines),
            total_area=sum((line.area for line in lines), Decimal(0)) if total_area is None else total_area,
            digest=digest,
            region_code=building.region_code,
            bureau_id=building.bureau_id,
        )
        SurveyedUnit.objects.bulk_create(
            [
                SurveyedUnit(
                    survey=survey,
                    unit=units[line.key],
                    area=line.area,
                    inner_area=line.inner_area,
                    shared_area=line.shared_area,
                    region_code=building.region_code,
                    bureau_id=building.bureau_id,
                )
                for line in lines
            ]
        )
        check_now("survey_adds_up")
        entry.subject, entry.data = f"property_building:{building.pk}", {"survey": survey.pk, "rows": len(lines), "kind": kind}
    return survey


def _require_sound(lines: Sequence[SurveyLine]) -> None:
    if not lines or len(lines) > MOST_UNITS:
        raise AnjuError.of("property.survey_size", f"一份成果应有1至{MOST_UNITS}个户室。", advice="请核对文件。")
    problems: list[Problem] = []
    seen: dict[tuple[str, int, str], SurveyLine] = {}
    for line in lines:
        if line.key in seen:
            other = f"（另一处：{seen[line.key].where}）" if seen[line.key].where else ""
            problems.append(
                Problem(
                    "property.unit_twice",
                    line.where or line.room,
                    f"{line.entrance}{line.floor}层{line.room}出现两次{other}。",
                    "请删去一行。",
                )
            )
        seen.setdefault(line.key, line)
        if line.area <= 0:
            problems.append(Problem("property.no_area", line.where or line.room, "建筑面积不大于0。", "请核对测绘成果。"))
        if line.inner_area is not None and line.area != line.inner_area + (line.shared_area or 0):
            what = f"建筑面积{line.area}不等于套内{line.inner_area}加分摊{line.shared_area or 0}。"
            problems.append(Problem("property.area_differs", line.where or line.room, what, "请核对测绘成果，三者应相等到0.01㎡。"))
        if line.floor == 0:
            problems.append(Problem("property.no_floor_zero", line.where or line.room, "没有第0层。", "地下写负数，地上从1起。"))
    if problems:
        raise AnjuError(problems[:200])


def _units(building: Building, lines: Sequence[SurveyLine], kind: str, on: date) -> dict[tuple[str, int, str], Unit]:
    """The unit of every line, made when it is new, with the areas of this survey."""
    known = {(unit.entrance, unit.floor, unit.room): unit for unit in Unit.objects.filter(building=building, removed_on=None)}
    missing = known.keys() - {line.key for line in lines}
    if kind == Survey.Kind.MEASURED and missing:
        names = "、".join(f"{entrance}{room}" for entrance, _floor, room in sorted(missing)[:5])
        raise AnjuError.of(
            "property.survey_misses_units",
            f"实测成果缺少楼盘表中的{len(missing)}个户室：{names}。",
            advice="请先办理合并、分割或注销，再登记实测成果。",
        )
    lock_units(unit.pk for unit in known.values())
    fresh = [line for line in lines if line.key not in known]
    numbers = iter(unit_numbers(building.region_code, sum(1 for line in fresh if not line.unit_no)))
    made = [_new_unit(building, line, kind, on, line.unit_no or next(numbers)) for line in fresh]
    Unit.objects.bulk_create(made)
    changed = []
    for line in lines:
        unit = known.get(line.key)
        if unit is not None:
            _measure(unit, line, kind)
            changed.append(unit)
    columns = [f"{kind}_area", f"{kind}_inner", f"{kind}_shared", "unit_code"]
    Unit.objects.bulk_update(changed, columns, batch_size=500)
    return known | {(unit.entrance, unit.floor, unit.room): unit for unit in made}


def _new_unit(building: Building, line: SurveyLine, kind: str, on: date, number: str) -> Unit:
    unit = Unit(
        building=building,
        unit_no=number,
        entrance=line.entrance,
        floor=line.floor,
        room=line.room,
        use=line.use,
        layout=line.layout,
        entered_on=on,
        region_code=building.region_code,
        bureau_id=building.bureau_id,
    )
    _measure(unit, line, kind)
    return unit


def _measure(unit: Unit, line: SurveyLine, kind: str) -> None:
    setattr(unit, f"{kind}_area", line.area)
    setattr(unit, f"{kind}_inner", line.inner_area)
    setattr(unit, f"{kind}_shared", None if line.inner_area is None else (line.shared_area or Decimal(0)))
    unit.unit_code = line.unit_code or unit.unit_code


def unit_numbers(region_code: str, count: int) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('property_unit_number') FROM generate_series(1, %s)", [count])
        return [f"{region_code}{number:09d}" for (number,) in cursor.fetchall()]
