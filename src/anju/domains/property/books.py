"""The book of units (楼盘表户室台账), kept in the register's own tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import polars as pl

from anju.domains.property.models import Building, Project, Unit
from anju.domains.property.refusals import told_clearly
from anju.kernel.access.actor import Actor
from anju.kernel.database.bulk import draw_ids, insert_rows, update_rows
from anju.kernel.ledgers.keeping import Intake, Keeper, keep

TABLE = "property_unit"


def write(intake: Intake) -> list[int]:
    """Enter the projects and buildings the rows name, then their units; a row of a known unit changes its area, use or end."""
    new = intake.new
    ids = draw_ids(TABLE, new.height)
    with told_clearly():
        if new.height:
            insert_rows(TABLE, _units(intake, new, ids))
        if intake.changing.height:
            _change(intake)
    return [*ids, *intake.changing["existing"].to_list()]


def _units(intake: Intake, new: pl.DataFrame, ids: Sequence[int]) -> pl.DataFrame:
    buildings = _buildings(intake, new)
    joined = new.with_columns(pl.Series("id", ids, dtype=pl.Int64)).join(
        buildings, on=["project", "building"], how="left", maintain_order="left"
    )
    return joined.select(
        "id",
        "building_id",
        "unit_no",
        pl.col("entrance").fill_null(""),
        pl.col("floor").fill_null(1),
        "room",
        "use",
        "entered_on",
        "removed_on",
        "region_code",
        "origin",
        layout=pl.lit(""),
        measured_area=pl.col("area"),
        stage=pl.lit("initial"),
        stage_event=pl.lit(""),
        stage_document=pl.lit(""),
        reserved_for=pl.lit(""),
        withheld=pl.lit(""),
        limits=pl.lit("{}"),
        version=pl.lit(1),
        bureau_id=pl.lit(intake.bureau_id),
        batch_id=pl.lit(intake.batch_id, pl.Int64),
    )


def _buildings(intake: Intake, new: pl.DataFrame) -> pl.DataFrame:
    """`project`, `building`, `building_id` of every building the rows name; the missing ones are entered first."""
    named = new.group_by("project", "building").agg(pl.col("entered_on").min(), pl.col("region_code").first()).sort("project", "building")
    wanted = named["project"].unique().to_list()
    projects = {one.name: one for one in Project.objects.filter(bureau_id=intake.bureau_id, name__in=wanted)}
    for name, entered, region in (
        named.group_by("project").agg(pl.col("entered_on").min(), pl.col("region_code").first()).sort("project").iter_rows()
    ):
        if name not in projects:
            projects[name] = Project.objects.create(name=name, entered_on=entered, region_code=region, bureau_id=intake.bureau_id)
    known = {(one.project_id, one.number): one.pk for one in Building.objects.filter(project__in=[each.pk for each in projects.values()])}
    rows = []
    for project, building, _entered, region in named.iter_rows():
        owner = projects[project]
        if (owner.pk, building) not in known:
            made = Building.objects.create(project=owner, number=building, region_code=region, bureau_id=intake.bureau_id)
            known[owner.pk, building] = made.pk
        rows.append((project, building, known[owner.pk, building]))
    return pl.DataFrame(rows, schema={"project": pl.String(), "building": pl.String(), "building_id": pl.Int64()}, orient="row")


_CHANGES = {"entrance": "entrance", "floor": "floor", "room": "room", "use": "use", "area": "measured_area", "removed_on": "removed_on"}


def _change(intake: Intake) -> None:
    columns = {column: pl.col(field) for field, column in _CHANGES.items() if field in intake.given}
    update_rows(TABLE, intake.changing.select(id="existing", **columns), also="updated_at = now()")


def void(ids: Sequence[int], by: Actor, reason: str) -> None:
    """Units entered by mistake; refused once a trade or a restriction stands on them."""
    from django.utils import timezone

    with told_clearly():
        Unit.objects.filter(pk__in=_listed(ids)).update(voided_at=timezone.now())


def _listed(ids: Iterable[int]) -> list[int]:
    return list(ids)


keep(
    Keeper(
        ledger="building_unit",
        table=TABLE,
        columns={
            "unit_no": "unit_no",
            "project": "(SELECT p.name FROM property_building b JOIN property_project p ON p.id = b.project_id WHERE b.id = t.building_id)",
            "building": "(SELECT b.number FROM property_building b WHERE b.id = t.building_id)",
            "entrance": "nullif(t.entrance, '')",
            "floor": "floor",
            "room": "room",
            "use": "use",
            "area": "area",
            "entered_on": "entered_on",
            "removed_on": "removed_on",
        },
        follows=("property_building", "property_project"),
        write=write,
        void=void,
    )
)
