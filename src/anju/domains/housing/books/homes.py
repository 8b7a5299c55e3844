"""公共租赁住房房源台账 and 项目台账: the homes that are let and the projects they come from.

What a lease or an allocation made of a home a book does not change.
"""

from __future__ import annotations

import polars as pl

from anju.domains.housing.refusals import told_clearly
from anju.kernel.ledgers.keeping import Keeper, keep
from anju.kernel.ledgers.plain import writing

HOMES, PROJECTS = "housing_lettingunit", "housing_lettingproject"
FIELDS = ("unit_no", "estate", "building", "room", "floor", "layout", "area", "lift", "accessible", "state", "entered_on")
FLAGS = ("lift", "accessible")
TERMS = {field: {field: pl.col(field)} for field in FIELDS}
TERMS |= {field: {field: pl.col(field).eq_missing("present")} for field in FLAGS}
TERMS["state"] = {"state": pl.col("state").fill_null("vacant")}
"""A home is vacant unless the row says otherwise; the state of a home that is there moves along its table only."""
PROJECT_FIELDS = ("project_no", "project", "units", "planned_on", "started_on", "finished_on")


def _column(field: str) -> str:
    return f"CASE WHEN t.{field} THEN 'present' ELSE 'absent' END" if field in FLAGS else field


keep(
    Keeper(
        ledger="letting_unit", table=HOMES, columns={field: _column(field) for field in FIELDS}, write=writing(HOMES, TERMS, told_clearly)
    )
)
keep(
    Keeper(
        ledger="public_rental_project",
        table=PROJECTS,
        columns={field: field for field in PROJECT_FIELDS},
        write=writing(PROJECTS, {field: {field: pl.col(field)} for field in PROJECT_FIELDS}, told_clearly),
    )
)
