"""住房保障资格审核台账: every conclusion on somebody's qualification, from cases and from former years' books."""

from __future__ import annotations

import polars as pl

from anju.domains.housing.refusals import told, told_clearly
from anju.kernel.database.bulk import draw_ids, insert_rows
from anju.kernel.ledgers.keeping import Intake, Keeper, keep

TABLE = "housing_decision"
RESULTS = {"qualified": 1, "unqualified": 0, "supplement": -1}


def write(intake: Intake) -> list[int]:
    """Enter reviews of former years. A conclusion is never changed."""
    if intake.changing.height:
        raise told("decision_stays")
    new = intake.new
    ids = draw_ids(TABLE, new.height)
    with told_clearly():
        insert_rows(
            TABLE,
            new.select(
                pl.Series("id", ids),
                "region_code",
                "origin",
                "household_no",
                "head",
                "kind",
                subject=pl.col("subject").fill_null(""),
                decided_on=pl.col("reviewed_on"),
                decision_no=pl.col("review_no"),
                verdict=pl.col("result").replace_strict(RESULTS, return_dtype=pl.Int64),
                reason=pl.col("reason").fill_null(""),
                decided_by=pl.lit(""),
                inputs=pl.lit("{}"),
                basis=pl.lit("{}"),
                bureau_id=pl.lit(intake.bureau_id),
                batch_id=pl.lit(intake.batch_id, pl.Int64),
            ),
        )
    return ids


keep(
    Keeper(
        ledger="eligibility_review",
        table=TABLE,
        columns={
            "review_no": "decision_no",
            "household_no": "household_no",
            "head": "head",
            "kind": "kind",
            "result": "CASE t.verdict WHEN 1 THEN 'qualified' WHEN 0 THEN 'unqualified' ELSE 'supplement' END",
            "reviewed_on": "decided_on",
            "subject": "nullif(t.subject, '')",
            "reason": "nullif(t.reason, '')",
        },
        write=write,
    )
)
