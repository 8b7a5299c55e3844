"""What the rent subsidy of a month is judged by: one row for each agreement that covers it, read in one pass.

Unknown stays unknown: an adult without a recorded income, homes the registry has not answered for, assets civil affairs has not checked.
"""

from __future__ import annotations

import calendar
import io
from datetime import date
from typing import Any

import numpy as np
import polars as pl
from django.db import connection
from psycopg.sql import SQL, Composed, Literal

from anju.domains.housing.rules.holdings import Holding, owned_area
from anju.domains.housing.rules.words import DEGREE_CODES
from anju.kernel.rules.columns import Column
from anju.kernel.rules.rule import Rule

SCHEMA: dict[str, Any] = {
    "agreement_id": pl.Int64(), "household_id": pl.Int64(), "persons": pl.Int64(), "tier": pl.Int64(), "income": pl.Int64(),
    "assets": pl.Int64(), "homes_known": pl.Boolean(), "sanctioned": pl.Boolean(), "returned_on": pl.Date(), "month_rent": pl.Int64(),
    "agreement_from": pl.Date(), "agreement_to": pl.Date(), "tenancy_from": pl.Date(), "tenancy_to": pl.Date(), "unpaid_from": pl.Date(),
    "stopped": pl.Boolean(), "suspended": pl.Boolean(), "let_unit": pl.Boolean(), "months_used": pl.Int64(), "taken": pl.Boolean(),
    "region_code": pl.String(),
}  # fmt: skip
HOLDINGS: dict[str, Any] = {
    "household_id": pl.Int64(), "unit": pl.String(), "area": pl.Int64(), "share": pl.Int64(), "registered": pl.Boolean(),
    "given_away_on": pl.Date(),
}  # fmt: skip
_AGREEMENTS = """
    WITH a AS (
        SELECT * FROM housing_agreement
        WHERE bureau_id = {bureau} AND kind = {kind} AND voided_at IS NULL AND from_month <= {last} AND to_month >= {first} {only}
    ), who AS (
        SELECT m.* FROM housing_member m JOIN a ON a.household_id = m.household_id
        WHERE m.joined_on <= {last} AND (m.left_on IS NULL OR m.left_on > {first})
    ), earned AS (
        SELECT member_id, sum(monthly) AS monthly FROM housing_income
        WHERE from_date <= {last} AND (to_date IS NULL OR to_date > {last}) GROUP BY member_id
    ), family AS (
        SELECT w.household_id, count(*) AS persons, sum(coalesce(e.monthly, 0)) AS income,
               bool_or(e.monthly IS NULL AND NOT w.student AND w.born_on <= {last} - interval '18 years') AS income_open,
               bool_or(s.found) AS sanctioned, max(s.returned_on) AS returned_on, bool_or(s.open) AS return_open
        FROM who w LEFT JOIN earned e ON e.member_id = w.id
        LEFT JOIN LATERAL (SELECT true AS found, max(returned_on) AS returned_on, bool_or(returned_on IS NULL) AS open FROM housing_sanction
                           WHERE resident_id_index = w.resident_id_index HAVING count(*) > 0) s ON true
        GROUP BY w.household_id
    ), property AS (
        SELECT household_id, sum(value) AS assets FROM housing_asset
        WHERE from_date <= {last} AND (to_date IS NULL OR to_date > {last}) GROUP BY household_id
    ), used AS (
        SELECT b.household_id, count(*) FILTER (WHERE b.form = {kind}) AS months,
               bool_or(b.month = {first} AND b.form = 'let_unit') AS let_unit, bool_or(b.month = {first}) AS taken
        FROM housing_benefitmonth b JOIN a ON a.household_id = b.household_id GROUP BY b.household_id
    )
    SELECT a.id, a.household_id, f.persons, t.tier, CASE WHEN f.income_open THEN NULL ELSE f.income END,
           CASE WHEN h.assets_checked_on IS NULL THEN NULL ELSE coalesce(p.assets, 0) END, h.homes_checked_on IS NOT NULL,
           coalesce(f.sanctioned, false), CASE WHEN f.return_open THEN NULL ELSE f.returned_on END,
           a.month_rent, a.from_month, (a.to_month + interval '1 month' - interval '1 day')::date, a.tenancy_from, a.tenancy_to,
           a.unpaid_from, a.state IN ('ended', 'cancelled'), a.state = 'suspended', coalesce(u.let_unit, false), coalesce(u.months, 0),
           coalesce(u.taken, false), a.region_code
    FROM a JOIN housing_household h ON h.id = a.household_id
    LEFT JOIN family f ON f.household_id = a.household_id
    LEFT JOIN housing_tierperiod t
           ON t.household_id = a.household_id AND t.from_month <= {first} AND (t.to_month IS NULL OR t.to_month > {first})
    LEFT JOIN property p ON p.household_id = a.household_id LEFT JOIN used u ON u.household_id = a.household_id
    ORDER BY a.household_id
"""
_NEW_WORKERS = """
    SELECT a.id, p.degree, p.graduated_on, p.applied_on, (d.inputs ->> 'insured')::bigint,
           coalesce((d.inputs ->> 'other_support')::boolean, false),
           (SELECT count(*) FROM housing_benefitmonth b WHERE b.person = m.resident_id_index AND b.form = 'new_worker')
    FROM housing_agreement a JOIN housing_member m ON m.id = a.holder_id LEFT JOIN housing_application p ON p.id = a.application_id
    LEFT JOIN LATERAL (
        SELECT inputs FROM housing_decision WHERE case_id = p.case_id AND subject = 'new_worker' AND verdict = 1 ORDER BY id DESC LIMIT 1
    ) d ON true
    WHERE a.id = ANY ({agreements})
"""
NEW_WORKERS: dict[str, Any] = {
    "agreement_id": pl.Int64(), "degree": pl.String(), "graduated_on": pl.Date(), "applied_on": pl.Date(), "insured": pl.Int64(),
    "other_support": pl.Boolean(), "months_used": pl.Int64(),
}  # fmt: skip
_HOMES = """
    SELECT m.household_id, o.unit, (o.area * 100)::bigint, o.share, o.registered, o.given_away_on
    FROM housing_holding o JOIN housing_member m ON m.id = o.member_id
    WHERE m.joined_on <= {last} AND (m.left_on IS NULL OR m.left_on > {first})
      AND m.household_id IN (
          SELECT household_id FROM housing_agreement
          WHERE bureau_id = {bureau} AND kind = {kind} AND voided_at IS NULL AND from_month <= {last} AND to_month >= {first} {only})
"""


def last_day(month: date) -> date:
    """The last day of a month given by its first."""
    return month.replace(day=calendar.monthrange(month.year, month.month)[1])


def read_inputs(bureau_id: int, kind: str, month: date, *, lookback_years: int, agreement_id: int | None = None) -> pl.DataFrame:
    """One row per agreement that touches the month, by household, with `own_area` in millionths of a ㎡; see SCHEMA."""
    only = SQL("") if agreement_id is None else SQL("AND id = {}").format(Literal(agreement_id))
    names = {"bureau": Literal(bureau_id), "kind": Literal(kind), "first": Literal(month), "last": Literal(last_day(month)), "only": only}
    rows = copied(SQL(_AGREEMENTS).format(**names), SCHEMA)
    homes = copied(SQL(_HOMES).format(**names), HOLDINGS)
    areas = _areas(homes, last_day(month), lookback_years)
    owned = (
        rows["household_id"].replace_strict(areas, default=0, return_dtype=pl.Int64)
        if areas
        else pl.Series([0] * rows.height, dtype=pl.Int64)
    )
    return rows.with_columns(own_area=pl.when(pl.col("homes_known")).then(owned)).drop("homes_known")


def as_new_workers(rows: pl.DataFrame, month: date) -> pl.DataFrame:
    """Rows of new workers with what their applications and the decisions on them say, and the months the person has had anywhere (RB-04).

    An agreement that is stopped or suspended in the month is left out: nothing is due by it.
    """
    going = rows.filter(~pl.col("stopped") & ~pl.col("suspended") & (pl.col("unpaid_from").is_null() | (pl.col("unpaid_from") > month)))
    query = SQL(_NEW_WORKERS).format(agreements=Literal(going["agreement_id"].to_list()))
    told = copied(query, NEW_WORKERS).with_columns(pl.col("degree").replace_strict(DEGREE_CODES, default=None, return_dtype=pl.Int64))
    found = going.drop("months_used").join(told, on="agreement_id", how="left", maintain_order="left")
    return found.with_columns(no_home=pl.col("own_area") == 0)


def _areas(homes: pl.DataFrame, on: date, lookback_years: int) -> dict[int, int | None]:
    held: dict[int, list[Holding]] = {}
    for household, unit, area, share, registered, given_away_on in homes.iter_rows():
        held.setdefault(household, []).append(Holding(unit, area, share, registered, given_away_on))
    return {household: owned_area(found, on=on, lookback_years=lookback_years) for household, found in held.items()}


def copied(query: Composed, schema: dict[str, Any]) -> pl.DataFrame:
    """The rows of a query, read in this transaction by COPY."""
    buffer = io.BytesIO()
    with connection.cursor() as cursor, cursor.copy(SQL("COPY ({}) TO STDOUT (FORMAT csv)").format(query)) as copy:
        for block in copy:
            buffer.write(block)
    booleans = [name for name, kind in schema.items() if kind == pl.Boolean()]
    read = {name: pl.String() if name in booleans else kind for name, kind in schema.items()}
    if not buffer.tell():
        return pl.DataFrame(schema=schema)
    buffer.seek(0)
    frame = pl.read_csv(buffer, has_header=False, new_columns=list(schema), schema_overrides=list(read.values()))
    return frame.with_columns((pl.col(name) == "t").alias(name) for name in booleans)


def as_columns(rule: Rule, rows: pl.DataFrame, month: date) -> dict[str, Column]:
    """The columns of these rows that the rule asks for."""
    fixed = {"month_first": month, "month_last": last_day(month), "judged_on": month}
    columns = {name: Column(day.toordinal()) for name, day in fixed.items() if name in rule.givens}
    for name in rule.givens:
        if name in rows.columns:
            columns[name] = as_column(rows[name])
    return columns


def as_column(series: pl.Series) -> Column:
    """A series as a column of a rule: dates as ordinals, nulls as unknown."""
    known = None if not series.null_count() else series.is_not_null().to_numpy()
    if series.dtype == pl.Boolean:
        return Column(series.fill_null(False).to_numpy(), known)
    numbers = series.cast(pl.Int32).cast(pl.Int64) + 719_163 if series.dtype == pl.Date else series.cast(pl.Int64)
    return Column(np.ascontiguousarray(numbers.fill_null(0).to_numpy()), known)
