"""新就业无房职工租房补贴申请台账: applications of new workers, a household of their own unless they live in one already."""

from __future__ import annotations

import polars as pl

from anju.domains.housing.books.people import living_in, settle
from anju.domains.housing.books.voiding import voiding
from anju.domains.housing.models import Member
from anju.domains.housing.refusals import told_clearly
from anju.kernel.database.bulk import draw_ids, insert_rows, update_rows
from anju.kernel.errors import AnjuError
from anju.kernel.ledgers.keeping import Intake, Keeper, keep

TABLE = "housing_application"
STATES = {"pending": "accepted", "approved": "approved", "refused": "refused", "withdrawn": "withdrawn"}
PLAIN = {
    "application_no": pl.col("application_no"),
    "employer": pl.col("employer"),
    "degree": pl.col("degree").fill_null(""),
    "graduated_on": pl.col("graduated_on"),
    "month_rent": pl.col("month_rent"),
    "applied_on": pl.col("applied_on"),
    "reviewed_on": pl.col("reviewed_on"),
    "state": pl.col("result").replace_strict(STATES),
    "remark": pl.col("remark").fill_null(""),
}
FIELD_OF = {"state": "result"}


def write(intake: Intake) -> list[int]:
    """Enter applications of former years, or change what a book may change of one that no case carries."""
    new = intake.new
    ids = draw_ids(TABLE, new.height)
    with told_clearly():
        if new.height:
            rows = settle(_numbered(new), name="applicant", day="applied_on", bureau_id=intake.bureau_id)
            fixed = {
                "bureau_id": pl.lit(intake.bureau_id),
                "batch_id": pl.lit(intake.batch_id, pl.Int64),
                "product": pl.lit("new_worker"),
                "household_id": pl.col("household_id"),
                "applicant_id": pl.col("member_id"),
                "accepted_on": pl.col("applied_on"),
            }
            insert_rows(TABLE, rows.select(pl.Series("id", ids), "region_code", "origin", **PLAIN, **fixed))
        if intake.changing.height:
            _change(intake)
    return [*ids, *intake.changing["existing"].to_list()]


def _numbered(rows: pl.DataFrame) -> pl.DataFrame:
    """New workers have no household number in the book: each person is a household called after the first application."""
    there = {person: number for person, (_household, number, _member) in living_in(rows["resident_id"].to_list()).items()}
    for person, number in rows.select("resident_id", "application_no").iter_rows():
        there.setdefault(person, number)
    return rows.with_columns(household_no=pl.col("resident_id").replace_strict(there))


def _change(intake: Intake) -> None:
    if {"applicant", "resident_id"} & set(intake.given):
        raise AnjuError.of("housing.person_stays", "申请人和身份证号不能在台账里更改。", advice="登记错了人的，请作废这条申请后重新登记。")
    columns = {name: term for name, term in PLAIN.items() if FIELD_OF.get(name, name) in intake.given}
    update_rows(TABLE, intake.changing.select(id="existing", **columns), also="version = r.version + 1, updated_at = now()")


keep(
    Keeper(
        ledger="new_worker_application",
        table=TABLE,
        live="t.product = 'new_worker'",
        columns={
            "application_no": "application_no",
            "applicant": "(SELECT m.name FROM housing_member m WHERE m.id = t.applicant_id)",
            "resident_id": "(SELECT m.resident_id FROM housing_member m WHERE m.id = t.applicant_id)",
            "employer": "employer",
            "degree": "nullif(t.degree, '')",
            "graduated_on": "graduated_on",
            "month_rent": "month_rent",
            "applied_on": "applied_on",
            "reviewed_on": "reviewed_on",
            "result": "CASE t.state WHEN 'submitted' THEN 'pending' WHEN 'accepted' THEN 'pending' ELSE t.state END",
            "remark": "nullif(t.remark, '')",
        },
        follows=("housing_member",),
        sealed={"resident_id": (Member, "resident_id")},
        write=write,
        void=voiding(TABLE),
    )
)
