"""人才购房补贴台账: former years' subsidies, each in one tranche."""

from __future__ import annotations

import polars as pl

from anju.domains.housing.books.voiding import voiding
from anju.domains.housing.models import PurchaseSubsidy, Tranche
from anju.domains.housing.refusals import told_clearly
from anju.kernel.crypto.fields import hex_cells
from anju.kernel.database.bulk import draw_ids, insert_rows, update_rows
from anju.kernel.ledgers.keeping import Intake, Keeper, keep

TABLE = "housing_purchasesubsidy"
PLAIN = {
    "application_no": pl.col("application_no"),
    "applicant": pl.col("applicant"),
    "employer": pl.col("employer").fill_null(""),
    "degree": pl.col("degree"),
    "contract_no": pl.col("contract_no").fill_null(""),
    "amount": pl.col("amount"),
    "applied_on": pl.col("applied_on"),
    "approved_on": pl.col("approved_on"),
    "paid_on": pl.col("paid_on"),
    "state": pl.col("state"),
}


def write(intake: Intake) -> list[int]:
    """Enter subsidies, or change those no case carries; their one tranche follows."""
    new = intake.new
    ids = draw_ids(TABLE, new.height)
    with told_clearly():
        if new.height:
            cells = pl.Series("resident_id", hex_cells(PurchaseSubsidy, "resident_id", new["resident_id"].to_list()), dtype=pl.String)
            fixed = {"bureau_id": pl.lit(intake.bureau_id), "batch_id": pl.lit(intake.batch_id, pl.Int64)}
            insert_rows(TABLE, new.select(pl.Series("id", ids), cells, "region_code", "origin", **PLAIN, **fixed))
            follow_tranches(new.with_columns(pl.Series("purchase_id", ids)), intake.bureau_id)
        if intake.changing.height:
            _change(intake)
    return [*ids, *intake.changing["existing"].to_list()]


def _tranches(granted: pl.DataFrame, bureau_id: int) -> pl.DataFrame:
    return granted.select(
        "purchase_id",
        "amount",
        "region_code",
        "paid_on",
        ordinal=pl.lit(1),
        due_on=pl.coalesce("approved_on", "paid_on"),
        state=pl.when(pl.col("state") == "paid").then(pl.lit("paid")).otherwise(pl.lit("pending")),
        bureau_id=pl.lit(bureau_id),
    )


def _change(intake: Intake) -> None:
    rows = intake.changing
    columns = {name: term for name, term in PLAIN.items() if name in intake.given}
    if "resident_id" in intake.given:
        columns["resident_id"] = pl.Series(hex_cells(PurchaseSubsidy, "resident_id", rows["resident_id"].to_list()), dtype=pl.String)  # type: ignore[assignment]
    update_rows(TABLE, rows.select(id="existing", **columns), also="version = r.version + 1, updated_at = now()")
    follow_tranches(rows.with_columns(purchase_id=pl.col("existing")), intake.bureau_id)


def follow_tranches(rows: pl.DataFrame, bureau_id: int) -> None:
    """The one part of each subsidy of a book. `rows`: `purchase_id`, `amount`, `state`, `approved_on`, `paid_on`, `region_code`."""
    granted = rows.filter(pl.col("state").is_in(["approved", "paid"]))
    numbers = granted["purchase_id"].to_list()
    there = {one.purchase_id: one for one in Tranche.objects.filter(purchase__in=numbers, ordinal=1)}
    insert_rows("housing_tranche", _tranches(granted.filter(~pl.col("purchase_id").is_in(list(there))), bureau_id))
    for number, amount, state, approved, paid in granted.select("purchase_id", "amount", "state", "approved_on", "paid_on").iter_rows():
        one = there.get(number)
        if one is None:
            continue
        Tranche.objects.filter(pk=one.pk).update(amount=amount, due_on=approved or paid or one.due_on)
        if state == "paid" and one.state == Tranche.State.PENDING:
            Tranche.objects.filter(pk=one.pk).update(state=Tranche.State.PAYABLE)
            Tranche.objects.filter(pk=one.pk).update(state=Tranche.State.PAID, paid_on=paid)


keep(
    Keeper(
        ledger="talent_purchase_subsidy",
        table=TABLE,
        live="t.kind = 'talent_purchase'",
        columns={
            **{name: name for name in ("application_no", "applicant", "degree", "amount", "applied_on", "approved_on", "paid_on", "state")},
            "resident_id": "t.resident_id",
            "employer": "nullif(t.employer, '')",
            "contract_no": "nullif(t.contract_no, '')",
        },
        sealed={"resident_id": (PurchaseSubsidy, "resident_id")},
        write=write,
        void=voiding(TABLE),
    )
)
