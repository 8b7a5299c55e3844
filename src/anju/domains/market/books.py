"""Books of the market kept in its tables (see docs/recipes/keep-a-book-in-tables.md)."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl
from django.db import connection
from psycopg.sql import SQL, Identifier

from anju.domains.market.models import Certificate, ResaleContract
from anju.domains.market.refusals import told_clearly
from anju.kernel.access.actor import Actor
from anju.kernel.errors import AnjuError
from anju.kernel.ledgers.keeping import Keeper, keep
from anju.kernel.ledgers.plain import writing

RESALES = "market_resalecontract"
RESALE_TERMS = {
    **{name: {name: pl.col(name)} for name in ("contract_no", "location", "use", "seller", "buyer", "area", "filed_on", "state")},
    "amount": {"total_fen": pl.col("amount")},
}
FIXED = {"id_type": pl.lit("resident_id"), "basis": pl.lit("{}")}
SEALED = {"resident_id": (ResaleContract, "resident_id")}


CERTIFICATES = "market_certificate"
CERTIFICATE_TERMS = {
    **{name: {name: pl.col(name)} for name in ("certificate_no", "applicant", "kind", "issued_on", "state")},
    "purpose": {"purpose": pl.col("purpose").fill_null("")},
}
SEALED_CERTIFICATES = {"resident_id": (Certificate, "resident_id")}


def void_resales(ids: Sequence[int], _by: Actor, _reason: str) -> None:
    """Mark rows of former years void; what was signed here is cancelled instead."""
    if ResaleContract.objects.filter(pk__in=ids, unit__isnull=False).exists():
        raise AnjuError.of("market.only_books_are_voided", "系统签订的合同不能作废。", advice="请办理撤销。")
    _void(RESALES, ids)


def void_certificates(ids: Sequence[int], _by: Actor, _reason: str) -> None:
    """Mark rows of former years void; what was issued here is made void on its page, where whoever verifies it learns that."""
    if Certificate.objects.filter(pk__in=ids).exclude(code="").exists():
        raise AnjuError.of("market.only_books_are_voided", "系统开具的证明不能在台账里作废。", advice="请在证明页面作废。")
    _void(CERTIFICATES, ids)


def _void(table: str, ids: Sequence[int]) -> None:
    statement = SQL("UPDATE {} SET voided_at = now(), updated_at = now(), version = version + 1 WHERE id = ANY (%s)")
    with told_clearly(), connection.cursor() as cursor:
        cursor.execute(statement.format(Identifier(table)), [list(ids)])


keep(
    Keeper(
        ledger="existing_home_contract",
        table=RESALES,
        columns={
            **{name: name for name in ("contract_no", "seller", "buyer", "area", "location", "filed_on")},
            # The register knows offices, parking spaces and storage rooms too; the book calls them other.
            "use": "CASE WHEN t.use IN ('residential', 'commercial') THEN t.use ELSE 'other' END",
            "resident_id": "t.resident_id",
            "amount": "total_fen",
            "state": "CASE WHEN t.state = 'cancelled' THEN 'cancelled' ELSE 'filed' END",
        },
        # A contract is in the book from its filing on, and stays when it is cancelled after it.
        live="t.filed_on IS NOT NULL",
        sealed=SEALED,
        write=writing(RESALES, RESALE_TERMS, told_clearly, sealed=SEALED, fixed=FIXED),
        void=void_resales,
    )
)
keep(
    Keeper(
        ledger="housing_certificate",
        table=CERTIFICATES,
        columns={
            **{name: name for name in ("certificate_no", "applicant", "kind", "issued_on", "state")},
            "resident_id": "t.resident_id",
            "purpose": "nullif(t.purpose, '')",
        },
        sealed=SEALED_CERTIFICATES,
        write=writing(CERTIFICATES, CERTIFICATE_TERMS, told_clearly, sealed=SEALED_CERTIFICATES),
        void=void_certificates,
    )
)
