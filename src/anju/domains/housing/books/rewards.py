"""进城购房政府奖励兑现台账: rewards of former years by batch, and those cases grant."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import polars as pl
from django.db import connection

from anju.domains.housing.books.talents import follow_tranches
from anju.domains.housing.books.voiding import voiding
from anju.domains.housing.models import PurchaseSubsidy
from anju.domains.housing.refusals import told_clearly
from anju.kernel.crypto.fields import hex_cells
from anju.kernel.database.bulk import draw_ids, insert_rows, update_rows
from anju.kernel.errors import AnjuError
from anju.kernel.ledgers.declaration import Ledger
from anju.kernel.ledgers.issues import Issue
from anju.kernel.ledgers.keeping import Intake, Keeper, keep

TABLE, KIND = "housing_purchasesubsidy", PurchaseSubsidy.Kind.REWARD.value
NUMBER = pl.format("JL{}-{}", pl.col("batch").cast(pl.String).str.zfill(2), pl.col("household_no")).str.slice(0, 40)
TERMS: dict[str, dict[str, pl.Expr]] = {
    "batch": {"round": pl.col("batch"), "application_no": NUMBER},
    "household_no": {"household_no": pl.col("household_no"), "application_no": NUMBER},
    "buyer": {"applicant": pl.col("buyer")},
    "policy": {"policy": pl.col("policy_no")},
    "contract_no": {"contract_no": pl.col("contract_no").fill_null("")},
    "purchased_on": {"bought_on": pl.col("purchased_on"), "applied_on": pl.coalesce("approved_on", "paid_on", "purchased_on")},
    **{name: {name: pl.col(name)} for name in ("area", "amount", "approved_on", "paid_on", "state")},
}
"""Field of the book -> its columns. The book has no day of the claim: the row is of the day it was decided, or bought."""


def write(intake: Intake) -> list[int]:
    """Enter rewards of former years, or correct those no case carries; their one part follows."""
    new = intake.new
    ids = draw_ids(TABLE, new.height)
    with told_clearly():
        if new.height:
            rows = _with_policy(new)
            cells = pl.Series("resident_id", hex_cells(PurchaseSubsidy, "resident_id", new["resident_id"].to_list()), dtype=pl.String)
            columns = {column: term for terms in TERMS.values() for column, term in terms.items()}
            fixed = {"kind": pl.lit(KIND), "bureau_id": pl.lit(intake.bureau_id), "batch_id": pl.lit(intake.batch_id, pl.Int64)}
            insert_rows(TABLE, rows.select(pl.Series("id", ids), cells, "region_code", "origin", **columns, **fixed))
            follow_tranches(new.with_columns(pl.Series("purchase_id", ids)), intake.bureau_id)
        if intake.changing.height:
            _change(intake)
    return [*ids, *intake.changing["existing"].to_list()]


def _change(intake: Intake) -> None:
    rows = intake.changing
    if PurchaseSubsidy.objects.filter(pk__in=rows["existing"].to_list(), case_id__isnull=False).exists():
        raise AnjuError.of("housing.case_carries_it", "这笔奖励由办件和发放批次办理。", advice="请在办件或购房补贴页面办理。")
    columns: dict[str, Any] = {column: term for name in intake.given for column, term in TERMS.get(name, {}).items()}
    if "resident_id" in intake.given:
        columns["resident_id"] = pl.Series(hex_cells(PurchaseSubsidy, "resident_id", rows["resident_id"].to_list()), dtype=pl.String)
    update_rows(TABLE, _with_policy(rows).select(id="existing", **columns), also="version = r.version + 1, updated_at = now()")
    follow_tranches(rows.with_columns(purchase_id=pl.col("existing")), intake.bureau_id)


def _with_policy(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows with the number of the policy document they refer to."""
    numbers = {number: text for number, (text, _start, _end) in _policies(rows["policy"].drop_nulls().to_list()).items()}
    return rows.with_columns(policy_no=pl.col("policy").replace_strict(numbers, default="", return_dtype=pl.String))


def _policies(ids: list[int]) -> dict[int, tuple[str, Any, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, document_no, effective_from, effective_to FROM ledger_policy_document WHERE id = ANY (%s)", [sorted(set(ids))]
        )
        return {row[0]: row[1:] for row in cursor.fetchall()}


def check(ledger: Ledger, rows: pl.DataFrame, bureau_id: int) -> Iterable[Issue]:
    """RB-11 row by row: bought on a day its document was in force, both ends included."""
    policies = _policies(rows["policy"].drop_nulls().to_list())
    for place, (policy, bought) in enumerate(zip(rows["policy"], rows["purchased_on"], strict=True)):
        if policy not in policies or bought is None:
            continue
        document, start, end = policies[policy]
        if bought < start or (end is not None and bought > end):
            what = f"{bought:%Y-%m-%d}不在“{document}”的执行期内。"
            yield Issue(place, "purchased_on", "housing.outside_window", "must_fix", f"{bought}", what, "请核对购房日期和依据文件。", None)


keep(
    Keeper(
        ledger="purchase_reward",
        table=TABLE,
        live="t.kind = 'purchase_reward'",
        columns={
            "batch": "round",
            "household_no": "coalesce(nullif(t.household_no, ''), t.application_no)",
            "buyer": "applicant",
            "resident_id": "t.resident_id",
            "policy": (
                "(SELECT d.id FROM ledger_policy_document d WHERE d.bureau_id = t.bureau_id AND d.document_no = t.policy"
                " AND d.voided_at IS NULL)"
            ),
            "contract_no": "nullif(t.contract_no, '')",
            "purchased_on": "bought_on",
            **{name: name for name in ("area", "amount", "approved_on", "paid_on", "state")},
        },
        follows=("ledger_policy_document",),
        sealed={"resident_id": (PurchaseSubsidy, "resident_id")},
        check=check,
        write=write,
        void=voiding(TABLE),
    )
)
