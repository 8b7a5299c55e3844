"""Failed rows are paid again by a supplementary batch that names them; the failed rows stay as they are (0.4 of the notes)."""

from __future__ import annotations

from datetime import date

import polars as pl

from anju.domains.housing.acting import doing, held, subject_of
from anju.domains.housing.models import Payment, PaymentBatch
from anju.domains.housing.payments import tranches
from anju.domains.housing.payments.drafting import DRAFT, PAYMENT, new_batch, payees, take_months
from anju.kernel.access.actor import Actor
from anju.kernel.database.bulk import draw_ids, insert_rows
from anju.kernel.errors import AnjuError


def supplement(batch: PaymentBatch, *, by: Actor, key: str | None = None) -> PaymentBatch:
    """A draft of every failed row of a batch that is not paid again yet, to the account the agreement names now.

    Raises AnjuError `housing.nothing_failed`; `housing.one_benefit_a_month` when a month has been taken since.
    """
    with doing("supplement_batch", by=by, needs=DRAFT, key=key) as entry:
        if entry.repeated:
            return PaymentBatch.objects.get(pk=entry.data["batch"])
        row = held(PaymentBatch, batch.pk, by)
        failed = list(
            Payment.objects.filter(payment_batch=row, state__in=(Payment.State.FAILED, Payment.State.RETURNED), reissued_as=None).order_by(
                "pk"
            )
        )
        if not failed:
            raise AnjuError.of("housing.nothing_failed", "没有需要补发的失败行。", where=row.batch_no, advice="失败的行都已补发。")
        fresh = new_batch(row.kind, row.period, by=by, supplements=row)
        (tranches.enter_again if row.kind in tranches.KINDS else _enter)(fresh, failed)
        entry.subject, entry.data = subject_of(fresh), {"batch": fresh.pk, "of": row.pk, "rows": len(failed)}
    return fresh


def _enter(fresh: PaymentBatch, failed: list[Payment]) -> None:
    rows = pl.DataFrame(
        {
            "reissue_of_id": [one.pk for one in failed],
            "agreement_id": [one.agreement_id for one in failed],
            "household_id": [one.household_id for one in failed],
            "run_id": [one.run_id for one in failed],
            "first_month": [one.first_month for one in failed],
            "months": [one.months for one in failed],
            "covers": [one.covers for one in failed],
            "month_amount": [one.month_amount for one in failed],
            "amount": [one.amount for one in failed],
        },
        schema_overrides={"month_amount": pl.Int64(), "first_month": pl.Date(), "agreement_id": pl.Int64(), "run_id": pl.Int64()},
    )
    rows = rows.with_columns(pl.Series("id", draw_ids(PAYMENT, rows.height), dtype=pl.Int64))
    rows = rows.join(payees(rows["agreement_id"].to_list()), on="agreement_id", how="left", maintain_order="left")
    number = pl.format("{}-{}", pl.lit(fresh.batch_no), pl.int_range(1, pl.len() + 1).cast(pl.String).str.zfill(6))
    fixed = {"payment_no": number, "kind": pl.lit(fresh.kind), "payment_batch_id": pl.lit(fresh.pk), "bureau_id": pl.lit(fresh.bureau_id)}
    insert_rows(PAYMENT, rows.with_columns(**fixed, remark=pl.lit("补发")))
    months = [
        (number, one.household_id, one.agreement_id, date.fromisoformat(f"{month}-01"), region)
        for one, (number, region) in zip(failed, rows.select("id", "region_code").iter_rows(), strict=True)
        for month in filter(None, one.covers.split(","))
    ]
    take_months(pl.DataFrame(months, schema=TAKEN, orient="row"), fresh)


TAKEN = {
    "payment_id": pl.Int64(), "household_id": pl.Int64(), "agreement_id": pl.Int64(), "month": pl.Date(), "region_code": pl.String(),
}  # fmt: skip
"""The columns `drafting.take_months` wants."""
