"""A monthly run: every agreement of a kind judged for a month, each row stored, each row explainable (RB-03 to RB-06)."""

from __future__ import annotations

import io
import os
import uuid
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from cryptography.hazmat.primitives.hashes import SM3, Hash
from django.db import connection

from anju.domains.housing.acting import doing, home_of, subject_of
from anju.domains.housing.models import Agreement, SubsidyRun
from anju.domains.housing.rules.from_basis import new_worker_terms, rent_terms
from anju.domains.housing.rules.new_worker import new_worker
from anju.domains.housing.rules.rent_subsidy import rent_subsidy
from anju.domains.housing.subsidies.inputs import as_column, as_columns, as_new_workers, read_inputs
from anju.domains.housing.subsidies.rule_versions import keep_version, rule_of
from anju.kernel.access.actor import Actor
from anju.kernel.database.bulk import insert_rows
from anju.kernel.database.home import subfolder
from anju.kernel.errors import AnjuError
from anju.kernel.parameters.basis import Basis
from anju.kernel.rules.columns import Column
from anju.kernel.rules.judging import Judgement, Verdict, judge
from anju.kernel.rules.rule import Rule
from anju.kernel.rules.running import Judgements, judge_many, value_at

DRAFT = "housing.draft_payments"
WHOSE = ("household_id", "agreement_id")
"""What the file of inputs says beside the inputs of the rule."""


def run_rent_subsidy(month: date, *, by: Actor, on: date, key: str | None = None) -> SubsidyRun:
    """Judge every rent-subsidy agreement of the actor's bureau for a month and store what was found. Changes no payment.

    Raises AnjuError `parameters.not_found` (GN-01), `housing.nothing_to_run`.
    """
    return _run(Agreement.Kind.RENT_SUBSIDY, month, by=by, on=on, key=key)


def run_new_worker(month: date, *, by: Actor, on: date, key: str | None = None) -> SubsidyRun:
    """The same of new workers: those whose agreement covers the month and is neither stopped nor suspended."""
    return _run(Agreement.Kind.NEW_WORKER, month, by=by, on=on, key=key)


def _run(kind: str, month: date, *, by: Actor, on: date, key: str | None) -> SubsidyRun:
    home = home_of(by)
    with doing("run_subsidy", by=by, needs=DRAFT, key=key) as entry:
        if entry.repeated:
            return SubsidyRun.objects.get(pk=entry.data["run"])
        basis = Basis.on(month, by.region_code)
        new_workers = kind == Agreement.Kind.NEW_WORKER
        rule = new_worker(new_worker_terms(basis)) if new_workers else rent_subsidy(rent_terms(basis))
        lookback = basis.integer("housing.means.transfer_lookback")
        rows = read_inputs(home["bureau_id"], kind, month, lookback_years=lookback)
        if new_workers:
            rows = as_new_workers(rows, month)
        if rows.is_empty():
            raise AnjuError.of("housing.nothing_to_run", f"{month:%Y-%m}没有执行中的补贴协议。", advice="请核对月份。")
        run = store_run(rule, as_columns(rule, rows, month), rows, kind=kind, month=month, basis=basis, by=by, on=on)
        entry.subject = subject_of(run)
        entry.data = {
            "run": run.pk,
            "month": f"{month:%Y-%m}",
            "rows": run.rows,
            "granted": run.granted,
            "total": run.total,
            "inputs": run.inputs,
        }
    return run


def store_run(
    rule: Rule, columns: dict[str, Column], rows: pl.DataFrame, *, kind: str, month: date, basis: Basis, by: Actor, on: date
) -> SubsidyRun:
    """Judge the columns and store run, rows and inputs. `rows`: `household_id`, `agreement_id` and `region_code` of each row."""
    found = judge_many(rule, columns, rows.height)
    run = SubsidyRun.objects.create(
        run_no=f"CS{month:%Y%m}-{uuid.uuid4().hex[:8]}",
        kind=kind,
        month=month,
        rule=keep_version(rule),
        basis=basis.as_data(),
        inputs=keep_inputs(columns, rows),
        rows=rows.height,
        granted=int((found.verdict == Verdict.GRANTED).sum()),
        refused=int((found.verdict == Verdict.REFUSED).sum()),
        unknown=int((found.verdict == Verdict.UNKNOWN).sum()),
        total=int(found.amount.sum()),
        made_on=on,
        made_by=by.name,
        **home_of(by),
    )
    insert_rows("housing_subsidyrunrow", _as_rows(run, rows, found))
    return run


def _as_rows(run: SubsidyRun, rows: pl.DataFrame, found: Judgements) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "household_id": rows["household_id"],
            "agreement_id": rows["agreement_id"],
            "verdict": found.verdict,
            "amount": found.amount,
            "failed": found.failed,
            "undecided": found.open,
            "region_code": rows["region_code"],
        }
    ).with_columns(run_id=pl.lit(run.pk), bureau_id=pl.lit(run.bureau_id))


def keep_inputs(columns: dict[str, Column], rows: pl.DataFrame) -> str:
    """Lay the inputs, and whose they are, beside the database under the SM3 of their bytes, and return that."""
    series = [rows[name] for name in WHOSE]
    for name, column in columns.items():
        values = pl.Series(name, np.broadcast_to(column.values, (rows.height,)))
        if column.known is None:
            series.append(values)
        else:
            known = pl.Series("known", np.broadcast_to(column.known, (rows.height,)))
            series.append(pl.select(pl.when(known).then(values).alias(name)).to_series())
    buffer = io.BytesIO()
    pl.DataFrame(series).write_parquet(buffer, compression="lz4", statistics=False)
    content = buffer.getvalue()
    name = _digest(content)
    place = _place(name)
    if not place.exists():
        fresh = place.with_name(f"{name}.{uuid.uuid4().hex}")
        fresh.write_bytes(content)
        fresh.chmod(0o600)
        os.replace(fresh, place)
    return name


def inputs_of(run: SubsidyRun, household_id: int) -> dict[str, Any]:
    """The inputs of one row of a run. Raises AnjuError `housing.inputs_altered`, `housing.inputs_missing`, `housing.not_in_run`."""
    row = pl.scan_parquet(kept_inputs(run)).filter(pl.col("household_id") == household_id).collect()
    if row.is_empty():
        raise AnjuError.of("housing.not_in_run", "这个家庭不在这次测算中。", where=run.run_no)
    return {name: value_at(as_column(row[name]), 0) for name in row.columns if name not in WHOSE}


def kept_inputs(run: SubsidyRun) -> io.BytesIO:
    """The file of a run's inputs, as it was kept. Raises AnjuError `housing.inputs_altered`, `housing.inputs_missing`."""
    place = _place(run.inputs)
    if not place.exists():
        raise AnjuError.of(
            "housing.inputs_missing", "这次测算的依据文件不在了。", where=run.run_no, advice="请从备份恢复 ANJU_HOME/housing/runs。"
        )
    content = place.read_bytes()
    if _digest(content) != run.inputs:
        raise AnjuError.of(
            "housing.inputs_altered", "这次测算的依据文件被改动过。", where=run.run_no, advice="请从备份恢复，并查明是谁改的。"
        )
    return io.BytesIO(content)


def explain(run: SubsidyRun, household_id: int) -> Judgement:
    """Why a household got what the run found: computed again from the stored rule and inputs (GN-02)."""
    return judge(rule_of(run.rule), inputs_of(run, household_id))


def newest_runs(bureau_id: int, kind: str, months: list[date]) -> dict[date, SubsidyRun]:
    """The newest run of each of these months."""
    runs = SubsidyRun.objects.filter(bureau_id=bureau_id, kind=kind, month__in=months).order_by("month", "pk")
    return {run.month: run for run in runs}


def found_rows(runs: list[int]) -> pl.DataFrame:
    """What these runs granted: `run_id`, `household_id`, `agreement_id`, `amount`."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT run_id, household_id, agreement_id, amount FROM housing_subsidyrunrow WHERE run_id = ANY (%s) AND amount > 0"
            " ORDER BY household_id, run_id",
            [runs],
        )
        schema = {"run_id": pl.Int64(), "household_id": pl.Int64(), "agreement_id": pl.Int64(), "amount": pl.Int64()}
        return pl.DataFrame(cursor.fetchall(), schema=schema, orient="row")


def _digest(content: bytes) -> str:
    digest = Hash(SM3())
    digest.update(content)
    return digest.finalize().hex()


def _place(name: str) -> Path:
    folder = subfolder("housing") / "runs"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder / f"{name}.parquet"
