"""Draft batches from what runs granted. A month that is taken already is left out; the database would refuse it anyway (RB-03)."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import date

import polars as pl
from django.db import connection

from anju.domains.housing.acting import doing, held, home_of, subject_of
from anju.domains.housing.models import Agreement, BenefitMonth, Budget, Member, Payment, PaymentBatch, Tranche
from anju.domains.housing.subsidies.comparing import must_follow
from anju.domains.housing.subsidies.running import found_rows, newest_runs
from anju.kernel.access.actor import Actor
from anju.kernel.crypto.fields import sealed, unsealed
from anju.kernel.database.bulk import draw_ids, insert_rows
from anju.kernel.errors import AnjuError

DRAFT = "housing.draft_payments"
PAYMENT, MONTH = "housing_payment", "housing_benefitmonth"


def months_of(period: str) -> list[date]:
    """`2023-Q2` as April to June, `2023-06` as June. Raises AnjuError `housing.bad_period`."""
    try:
        year, part = period.split("-")
        if part.startswith("Q") and part[1:] in ("1", "2", "3", "4"):
            return [date(int(year), 3 * int(part[1:]) - 2 + step, 1) for step in range(3)]
        return [date(int(year), int(part), 1)]
    except ValueError:
        raise AnjuError.of(
            "housing.bad_period", f"“{period}”不是发放期间。", where="发放期间", advice="按季写 2023-Q2，按月写 2023-06。"
        ) from None


def draft_rent_subsidies(period: str, *, by: Actor, key: str | None = None) -> PaymentBatch:
    """A batch of rent subsidies; see `draft_subsidies`."""
    return draft_subsidies(Agreement.Kind.RENT_SUBSIDY, period, by=by, key=key)


def draft_subsidies(kind: str, period: str, *, by: Actor, key: str | None = None) -> PaymentBatch:
    """A batch of every month of the period that the newest runs granted and nobody has paid. Needs `housing.draft_payments`.

    Raises AnjuError `housing.month_not_run`, `housing.run_altered`, `housing.nothing_to_pay`, `housing.no_budget`.
    """
    home = home_of(by)
    months = months_of(period)
    with doing("draft_batch", by=by, needs=DRAFT, key=key) as entry:
        if entry.repeated:
            return PaymentBatch.objects.get(pk=entry.data["batch"])
        runs = newest_runs(home["bureau_id"], kind, months)
        missing = [f"{month:%Y-%m}" for month in months if month not in runs]
        if missing:
            raise AnjuError.of("housing.month_not_run", f"{'、'.join(missing)}还没有测算。", where=period, advice="请先测算这些月份。")
        for run in runs.values():
            must_follow(run)
        months_by_run = {run.pk: month for month, run in runs.items()}
        found = found_rows(list(months_by_run)).with_columns(month=pl.col("run_id").replace_strict(months_by_run, return_dtype=pl.Date))
        free = _free(found)
        if free.is_empty():
            raise AnjuError.of(
                "housing.nothing_to_pay", f"{period}没有可以发放的家庭。", where=period, advice="符合的家庭都已发放，或还没有符合的家庭。"
            )
        batch = new_batch(kind, period, by=by)
        rows = _enter(batch, free, by)
        entry.subject = subject_of(batch)
        entry.data = {"batch": batch.pk, "rows": rows, "period": period}
    return batch


def new_batch(kind: str, period: str, *, by: Actor, supplements: PaymentBatch | None = None) -> PaymentBatch:
    """An empty draft. Call inside an action. Raises AnjuError `housing.no_budget`."""
    home = home_of(by)
    year = months_of(period)[-1].year
    budget = Budget.objects.filter(bureau_id=home["bureau_id"], kind=kind, year=year).first()
    if budget is None:
        raise AnjuError.of("housing.no_budget", f"{year}年没有这项补贴的预算。", where="预算", advice="请先登记预算和文号。")
    return PaymentBatch.objects.create(
        batch_no=f"FF{period.replace('-', '')}-{uuid.uuid4().hex[:6].upper()}",
        kind=kind,
        period=period,
        year=year,
        budget=budget,
        supplements=supplements,
        drafted_by=by.staff_id or 0,
        **home,
    )


def drop_row(payment: Payment, *, by: Actor, reason: str) -> None:
    """Take a row out of a draft; its months are free again."""
    if not reason.strip():
        raise AnjuError.of("housing.no_reason", "没有写理由。", where="理由", advice="写明为何移出。")
    with doing("drop_payment", by=by, needs=DRAFT, subject=f"housing_paymentbatch:{payment.payment_batch_id}", reason=reason) as entry:
        row = held(Payment, payment.pk, by)
        entry.data = {"payment_no": row.payment_no}
        row.taken_months.all().delete()
        Tranche.objects.filter(payment=row).update(payment=row.reissue_of)
        row.delete()


def _free(found: pl.DataFrame) -> pl.DataFrame:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT household_id, month FROM housing_benefitmonth WHERE household_id = ANY (%s) AND month = ANY (%s)",
            [found["household_id"].unique().to_list(), found["month"].unique().to_list()],
        )
        taken = pl.DataFrame(cursor.fetchall(), schema={"household_id": pl.Int64(), "month": pl.Date()}, orient="row")
    return found.join(taken, on=["household_id", "month"], how="anti")


def _enter(batch: PaymentBatch, free: pl.DataFrame, by: Actor) -> int:
    """One row per agreement and the months it pays."""
    rows = free.group_by("agreement_id", maintain_order=True).agg(
        pl.col("household_id").first(),
        pl.col("run_id").last(),
        pl.col("month").min().alias("first_month"),
        pl.col("month").sort().dt.strftime("%Y-%m").str.join(",").alias("covers"),
        pl.len().cast(pl.Int64).alias("months"),
        pl.col("amount").sum().alias("total"),
        pl.col("amount").n_unique().alias("kinds"),
        pl.col("amount").first().alias("each"),
    )
    ids = draw_ids(PAYMENT, rows.height)
    rows = rows.with_columns(pl.Series("id", ids, dtype=pl.Int64)).join(
        payees(rows["agreement_id"].to_list()), on="agreement_id", how="left"
    )
    insert_rows(
        PAYMENT,
        rows.select(
            "id", "agreement_id", "household_id", "run_id", "first_month", "months", "covers", "head", "resident_id", "account", "bank",
            "persons", "tier",
            "region_code",
            amount="total",
            month_amount=pl.when(pl.col("kinds") == 1).then(pl.col("each")),
            payment_no=pl.format("{}-{}", pl.lit(batch.batch_no), pl.int_range(1, pl.len() + 1).cast(pl.String).str.zfill(6)),
            kind=pl.lit(batch.kind),
            payment_batch_id=pl.lit(batch.pk),
            bureau_id=pl.lit(batch.bureau_id),
        ),
    )  # fmt: skip
    taken = free.join(rows.select("agreement_id", "region_code", pl.col("id").alias("payment_id")), on="agreement_id", how="left")
    take_months(taken, batch)
    return rows.height


def take_months(taken: pl.DataFrame, batch: PaymentBatch) -> None:
    """Take the months of payments: `payment_id`, `household_id`, `agreement_id`, `month`, `region_code` of each.

    In a limited programme a month also takes the lowest number its person has free, so that the database counts them (RB-04).
    """
    rows = taken.select("payment_id", "household_id", "agreement_id", "month", "region_code")
    limited = {one.pk: one for one in Agreement.objects.filter(pk__in=rows["agreement_id"].unique().to_list(), max_months__isnull=False)}
    counted = _counted(rows, limited, batch.kind)
    insert_rows(MONTH, rows.with_columns(*counted, form=pl.lit(batch.kind), bureau_id=pl.lit(batch.bureau_id)))


def _counted(rows: pl.DataFrame, limited: dict[int, Agreement], form: str) -> list[pl.Series]:
    if not limited:
        return []
    persons = dict(Member.objects.filter(pk__in={one.holder_id for one in limited.values()}).values_list("pk", "resident_id_index"))
    used: dict[bytes, set[int]] = {}
    for person, ordinal in BenefitMonth.objects.filter(person__in=list(persons.values()), form=form).values_list("person", "ordinal"):
        used.setdefault(bytes(person or b""), set()).add(ordinal or 0)
    found: list[tuple[str | None, int | None, int | None]] = []
    for number in rows["agreement_id"]:
        one = limited.get(number)
        if one is None:
            found.append((None, None, None))
            continue
        person = bytes(persons[one.holder_id])
        mine = used.setdefault(person, set())
        ordinal = next(place for place in range(1, len(mine) + 2) if place not in mine)
        mine.add(ordinal)
        found.append(("\\x" + person.hex(), ordinal, one.max_months))
    columns = list(zip(*found, strict=True))
    kinds = (("person", pl.String()), ("ordinal", pl.Int64()), ("most", pl.Int64()))
    return [pl.Series(name, columns[place], dtype=kind) for place, (name, kind) in enumerate(kinds)]


def payees(agreements: Iterable[int]) -> pl.DataFrame:
    """Who is paid by these agreements now: name, resident number and account (sealed for the table of payments), persons, tier."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT a.id, m.name, m.resident_id, a.account, a.bank, a.region_code,"
            " (SELECT count(*) FROM housing_member o WHERE o.household_id = a.household_id AND o.left_on IS NULL),"
            " (SELECT t.tier FROM housing_tierperiod t WHERE t.household_id = a.household_id AND t.to_month IS NULL)"
            " FROM housing_agreement a JOIN housing_member m ON m.id = a.holder_id WHERE a.id = ANY (%s)",
            [list(agreements)],
        )
        found = cursor.fetchall()
    persons = unsealed(Member, "resident_id", [row[2] for row in found])
    accounts = unsealed(Agreement, "account", [row[3] for row in found])
    return pl.DataFrame(
        {
            "agreement_id": [row[0] for row in found],
            "head": [row[1] for row in found],
            "resident_id": ["\\x" + cell.hex() if cell else None for cell in sealed(Payment, "resident_id", persons)],
            "account": ["\\x" + cell.hex() if cell else None for cell in sealed(Payment, "account", accounts)],
            "bank": [row[4] for row in found],
            "region_code": [row[5] for row in found],
            "persons": [row[6] for row in found],
            "tier": [row[7] for row in found],
        },
        schema_overrides={"persons": pl.Int64(), "tier": pl.Int64(), "resident_id": pl.String(), "account": pl.String()},
    )
