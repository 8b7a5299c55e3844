"""Enter projects and buildings."""

from __future__ import annotations

from datetime import date

from anju.domains.property.models import Building, Project
from anju.domains.property.refusals import told_clearly
from anju.kernel.access.actor import Actor
from anju.kernel.errors import AnjuError
from anju.kernel.journal.actions import action


def register_project(
    *,
    name: str,
    entered_on: date,
    by: Actor,
    code: str = "",
    parcel: str = "",
    developer: str = "",
    developer_code: str = "",
    address: str = "",
    key: str | None = None,
) -> Project:
    """Enter a project of the actor's bureau. Needs `property.edit`. Raises AnjuError `property.project_name_once` and others."""
    by.require("property.edit")
    name = _required(name, "项目名称", 80)
    with told_clearly(), action("property.register_project", by=by, key=key) as entry:
        if entry.repeated:
            return Project.objects.get(pk=entry.data["project"])
        project = Project.objects.create(
            name=name,
            code=code.strip(),
            parcel=parcel.replace(" ", "").upper(),
            developer=developer.strip()[:80],
            developer_code=developer_code.strip().upper(),
            address=address.strip()[:120],
            entered_on=entered_on,
            region_code=by.region_code,
            bureau_id=own_bureau(by),
        )
        entry.subject, entry.data = f"property_project:{project.pk}", {"project": project.pk}
    return project


def add_building(
    project: Project,
    *,
    number: str,
    by: Actor,
    structure: str = "",
    floors_above: int | None = None,
    floors_below: int | None = None,
    finished_on: date | None = None,
    key: str | None = None,
) -> Building:
    """Enter a building of a project. Needs `property.edit`. Raises AnjuError `property.building_number_once`."""
    by.require("property.edit")
    number = _required(number, "幢号", 40)
    with told_clearly(), action("property.add_building", by=by, key=key) as entry:
        if entry.repeated:
            return Building.objects.get(pk=entry.data["building"])
        building = Building.objects.create(
            project=project,
            number=number,
            structure=structure.strip()[:20],
            floors_above=floors_above,
            floors_below=floors_below,
            finished_on=finished_on,
            region_code=project.region_code,
            bureau_id=project.bureau_id,
        )
        entry.subject, entry.data = f"property_building:{building.pk}", {"building": building.pk}
    return building


def own_bureau(by: Actor) -> int:
    """The bureau an entered row belongs to. Raises AnjuError `property.no_bureau` for an actor without a post."""
    if by.bureau_id is None:
        raise AnjuError.of("property.no_bureau", "没有所属单位，不能登记。", advice="请由楼盘表所属单位的人员登记。")
    return by.bureau_id


def _required(text: str, label: str, longest: int) -> str:
    text = " ".join(text.split())
    if not text or len(text) > longest:
        raise AnjuError.of("property.bad_text", f"{label}应为1至{longest}个字。", where=label, advice="请修改后重试。")
    return text
