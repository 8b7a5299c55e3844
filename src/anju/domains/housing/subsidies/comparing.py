"""Whether the rows of a run still are what its rule and inputs give.

A run's rows are the one table of this slice that the journal does not image row by row: they follow from a rule version and inputs that the
journaled run names by their SM3, so they are computed again instead (decision 0020), before a batch is drafted from them and every night.
"""

from __future__ import annotations

import polars as pl
from psycopg.sql import SQL, Literal

from anju.domains.housing.models import SubsidyRun
from anju.domains.housing.subsidies.inputs import as_column, copied
from anju.domains.housing.subsidies.rule_versions import rule_of
from anju.domains.housing.subsidies.running import WHOSE, kept_inputs
from anju.kernel.errors import AnjuError
from anju.kernel.rules.running import judge_many

FOUND = ("verdict", "amount", "failed", "undecided")


def differing(run: SubsidyRun) -> list[int]:
    """Households whose stored row is not what the run's rule and inputs give, is missing, or belongs to no input; in order.

    Raises AnjuError `housing.inputs_altered`, `housing.inputs_missing`.
    """
    inputs = pl.read_parquet(kept_inputs(run))
    columns = {name: as_column(inputs[name]) for name in inputs.columns if name not in WHOSE}
    found = judge_many(rule_of(run.rule), columns, inputs.height)
    given = pl.DataFrame({"verdict": found.verdict, "amount": found.amount, "failed": found.failed, "undecided": found.open})
    computed = inputs.select(WHOSE).hstack(given.cast(pl.Int64))
    both = computed.join(_stored(run), on="household_id", how="full", coalesce=True, suffix="_stored")
    same = pl.all_horizontal(pl.col(name).eq_missing(pl.col(f"{name}_stored")) for name in ("agreement_id", *FOUND))
    return both.filter(~same)["household_id"].sort().to_list()


def must_follow(run: SubsidyRun) -> None:
    """Refuse to go on from a run whose rows were touched. Raises AnjuError `housing.run_altered` and what `differing` raises."""
    wrong = differing(run)
    if wrong:
        raise AnjuError.of(
            "housing.run_altered",
            f"测算 {run.run_no} 存下的结果有 {len(wrong)} 户与按当时的规则和数据重新算出的不一致。",
            where=f"{run.month:%Y-%m}，家庭 {'、'.join(str(one) for one in wrong[:5])}",
            advice="请停止发放并查明原因；该月须重新测算。",
        )


def runs_that_differ(runs: list[SubsidyRun]) -> dict[str, int]:
    """Number of differing rows by run number, of those that have any; -1 where the inputs are lost or altered."""
    found = {}
    for run in runs:
        try:
            number = len(differing(run))
        except AnjuError:
            number = -1
        if number:
            found[run.run_no] = number
    return found


def _stored(run: SubsidyRun) -> pl.DataFrame:
    names = ("household_id", "agreement_id", *FOUND)
    query = SQL("SELECT household_id, agreement_id, verdict, amount, failed, undecided FROM housing_subsidyrunrow WHERE run_id = {}")
    return copied(query.format(Literal(run.pk)), dict.fromkeys(names, pl.Int64()))
