"""住房租赁补贴发放明细台账: what the bank settled, month by month no household is paid twice (RB-03)."""

from __future__ import annotations

from datetime import date

import polars as pl
from django.db import connection

from anju.domains.housing.books.people import elsewhere, settle
from anju.domains.housing.models import Payment
from anju.domains.housing.refusals import told, told_clearly
from anju.domains.housing.rules.words import TIER_CODES, TIER_NAMES
from anju.kernel.crypto.fields import hex_cells
from anju.kernel.database.bulk import draw_ids, insert_rows
from anju.kernel.ledgers.keeping import Intake, Keeper, keep

TABLE, MONTHS = "housing_payment", "housing_benefitmonth"
MOST_MONTHS_BACK = 600


def write(intake: Intake) -> list[int]:
    """Enter settled payments of former years. What the bank has settled is never changed: see `refusals`."""
    if intake.changing.height:
        raise told("settled_payment_stays")
    new = intake.new
    ids = draw_ids(TABLE, new.height)
    with told_clearly():
        rows = settle(new, name="head", day="paid_on", bureau_id=intake.bureau_id).with_columns(pl.Series("id", ids, dtype=pl.Int64))
        insert_rows(
            TABLE,
            rows.select(
                "id",
                "region_code",
                "origin",
                "payment_no",
                "household_id",
                "head",
                "persons",
                "first_month",
                "months",
                "month_amount",
                "amount",
                "state",
                pl.col("remark").fill_null(""),
                pl.Series("resident_id", hex_cells(Payment, "resident_id", rows["resident_id"].to_list()), dtype=pl.String),
                tier=pl.col("tier").replace_strict(TIER_CODES, default=None, return_dtype=pl.Int64),
                settled_on=pl.col("paid_on"),
                kind=pl.lit("rent_subsidy"),
                bureau_id=pl.lit(intake.bureau_id),
                batch_id=pl.lit(intake.batch_id, pl.Int64),
            ),
        )
        taken = months_taken(rows.filter((pl.col("state") == "paid") & pl.col("months").is_not_null()))
        if taken.height:
            insert_rows(MONTHS, taken.with_columns(bureau_id=pl.lit(intake.bureau_id), form=pl.lit("rent_subsidy")))
    return ids


def months_taken(rows: pl.DataFrame) -> pl.DataFrame:
    """The months each payment takes: from its first month when the book says it; else the latest free ones up to the quarter it was paid
    in, marked as inferred. The book of former years says how many months a payment was for, not which."""
    held = _held(rows["household_id"].unique().to_list())
    found: list[tuple[int, int, date, str, bool]] = []
    columns = ("id", "household_id", "region_code", "paid_on", "months", "first_month")
    for number, household, region, paid_on, months, first in rows.sort("paid_on", "id").select(columns).iter_rows():
        mine = held.setdefault(household, set())
        if first is not None:
            chosen = [_moved(first, step) for step in range(months)]
        else:
            last = date(paid_on.year, (paid_on.month - 1) // 3 * 3 + 3, 1)
            free = (month for step in range(MOST_MONTHS_BACK) if (month := _moved(last, -step)) not in mine)
            chosen = [month for _, month in zip(range(months), free, strict=False)]
        mine.update(chosen)
        found += [(number, household, month, region, first is None) for month in sorted(chosen)]
    schema = {
        "payment_id": pl.Int64(), "household_id": pl.Int64(), "month": pl.Date(), "region_code": pl.String(), "inferred": pl.Boolean(),
    }  # fmt: skip
    return pl.DataFrame(found, schema=schema, orient="row")


def _held(households: list[int]) -> dict[int, set[date]]:
    held: dict[int, set[date]] = {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT household_id, month FROM housing_benefitmonth WHERE household_id = ANY (%s)", [households])
        for household, month in cursor.fetchall():
            held.setdefault(household, set()).add(month)
    return held


def _moved(month: date, by: int) -> date:
    year, place = divmod(month.year * 12 + month.month - 1 + by, 12)
    return date(year, place + 1, 1)


_TIER = "CASE t.tier " + " ".join(f"WHEN {number} THEN '{code}'" for number, code in TIER_NAMES.items()) + " END"

keep(
    Keeper(
        ledger="rent_subsidy_payment",
        table=TABLE,
        live="t.kind = 'rent_subsidy' AND t.state <> 'waiting'",
        columns={
            "payment_no": "payment_no",
            "household_no": "(SELECT h.household_no FROM housing_household h WHERE h.id = t.household_id)",
            "head": "head",
            "resident_id": "t.resident_id",
            "persons": "persons",
            "tier": _TIER,
            "first_month": "first_month",
            "months": "months",
            "month_amount": "month_amount",
            "amount": "amount",
            "paid_on": "settled_on",
            "state": "state",
            "remark": "nullif(t.remark, '')",
        },
        follows=("housing_household",),
        sealed={"resident_id": (Payment, "resident_id")},
        check=elsewhere,
        write=write,
    )
)
