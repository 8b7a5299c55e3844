"""One way to check records, whether they come from a form, a workbook or the API."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import polars as pl

from anju.kernel.access.actor import Actor
from anju.kernel.access.scope import using_scope
from anju.kernel.errors import AnjuError
from anju.kernel.ledgers import attachments, lookups
from anju.kernel.ledgers.columns import dtype_of
from anju.kernel.ledgers.declaration import Field, Ledger, Rule
from anju.kernel.ledgers.expressions import compile_condition, names_in
from anju.kernel.ledgers.issues import MAX_ISSUES, Checked, Findings, Issue
from anju.kernel.ledgers.parsing.reader import today
from anju.kernel.ledgers.values import parse_column, show, shown_cell

__all__ = ["MAX_ISSUES", "MAX_ROWS", "Checked", "Issue", "check_rows", "home_of"]

MAX_ROWS = 1_000_000


def home_of(by: Actor) -> tuple[int, str]:
    """The bureau and region that new records of this actor belong to. Raises AnjuError `ledgers.no_bureau`."""
    if by.bureau_id is None or not by.region_code:
        raise AnjuError.of("ledgers.no_bureau", f"{by.name}不属于任何单位，不能登记台账。", advice="请以某个单位经办人的身份办理。")
    return by.bureau_id, by.region_code


def check_rows(
    ledger: Ledger,
    raw: pl.DataFrame,
    *,
    by: Actor,
    replacing: int | Sequence[int] | None = None,
    units: Mapping[str, str] | None = None,
) -> Checked:
    """Read and judge rows: types, limits, required fields, references, keys in the batch and in the database, closed period, rules.

    `raw`: one column per field, of text, numbers, dates or mixed objects; a missing column is empty. `replacing`: records that these
    rows are to replace and may therefore resemble. `units`: the units that column headers name, by field.
    Raises AnjuError for a field the ledger has not, a unit that does not fit, more than MAX_ROWS rows, an actor without a bureau.
    """
    bureau_id, region_code = home_of(by)
    replaced = [replacing] if isinstance(replacing, int) else list(replacing or [])
    _refuse_unusable(ledger, raw)
    findings = Findings(rows=raw.height)
    with using_scope(by.scope):
        frame = _typed(ledger, raw, findings, units or {})
        frame = _looked_up(ledger, frame, findings, bureau_id, region_code)
        _require(ledger, frame, findings)
        frame = _placed(ledger, frame, findings, by, region_code)
        _once_in_batch(ledger, raw, frame, findings)
        existing, already = _once_in_database(ledger, raw, frame, findings, bureau_id, replaced)
        _period_open(ledger, frame, findings, bureau_id, already)
        _keeper_agrees(ledger, frame, findings, bureau_id, already, replaced)
    _rules_hold(ledger, frame, findings, already)
    findings.issues.sort(key=lambda issue: issue.row)
    wrong = findings.mask(findings.wrong_rows)
    return Checked(
        frame=frame,
        issues=findings.issues,
        wrong=wrong,
        to_confirm=findings.mask(findings.confirm_rows) & ~wrong,
        already=already & ~wrong,
        existing=existing,
        more=findings.more,
    )


def _refuse_unusable(ledger: Ledger, raw: pl.DataFrame) -> None:
    unknown = [name for name in raw.columns if not ledger.has(name)]
    if unknown:
        raise AnjuError.of("ledgers.unknown_field", f"台账“{ledger.title}”没有字段{'、'.join(unknown)}。", advice="请核对字段名。")
    if raw.height > MAX_ROWS:
        raise AnjuError.of("ledgers.too_many_rows", f"一次最多{MAX_ROWS}行，现有{raw.height}行。", advice="请分成几个文件。")


def _typed(ledger: Ledger, raw: pl.DataFrame, findings: Findings, units: Mapping[str, str]) -> pl.DataFrame:
    columns = []
    for one in ledger.fields:
        if one.name not in raw.columns:
            columns.append(pl.Series(one.name, [None], dtype=_written_type(one)).new_from_index(0, raw.height))
            continue
        parsed = parse_column(one, raw[one.name], unit=units.get(one.name, ""))
        columns.append(parsed.values.rename(one.name))
        for cell in parsed.issues:
            fault = cell.fault
            findings.add(Issue(cell.row, one.name, fault.code, fault.level, cell.value, fault.what, fault.advice))
    return pl.DataFrame(columns)


def _written_type(one: Field) -> pl.DataType:
    return pl.String() if one.type == "reference" else dtype_of(one)


def _looked_up(ledger: Ledger, frame: pl.DataFrame, findings: Findings, bureau_id: int, region_code: str) -> pl.DataFrame:
    for one in ledger.fields:
        written = frame[one.name]
        if one.type == "reference":
            found: Mapping[Any, Any] = lookups.referenced(one, written, bureau_id)
            code, what, advice = "ledger.reference_missing", "在被引用的台账中没有这个编号。", "请先登记被引用的记录，或核对编号。"
        elif one.type == "region":
            found = lookups.regions(written, region_code)
            code, what, advice = "ledger.not_a_region", "没有这个区划，或同名不止一处。", "请改写区划代码。"
        elif one.type == "file":
            found = {name: name for name in written.drop_nulls().unique() if attachments.exists(name)}
            code, what, advice = "ledger.attachment_missing", "没有这个附件。", "请重新上传。"
        else:
            continue
        typed = written.replace_strict(found, default=None, return_dtype=dtype_of(one))
        lost = (written.is_not_null() & typed.is_null()).arg_true().to_list()
        findings.judge(lost, "must_fix", partial(_not_found, one, written, (code, what, advice)))
        findings.faulty.setdefault(one.name, set()).update(lost)
        frame = frame.with_columns(typed.rename(one.name))
    return frame


def _not_found(one: Field, written: pl.Series, words: tuple[str, str, str], row: int) -> Issue:
    code, what, advice = words
    shown = shown_cell(one, written[row])
    return Issue(row, one.name, code, "must_fix", shown, f"写的是“{shown}”，{what}", advice)


def _require(ledger: Ledger, frame: pl.DataFrame, findings: Findings) -> None:
    for one in ledger.fields:
        if not one.required or not frame[one.name].null_count():
            continue
        faulty = findings.faulty.get(one.name, set())
        empty = [row for row in frame[one.name].is_null().arg_true().to_list() if row not in faulty]
        findings.judge(empty, "must_fix", partial(_missing, one))
        findings.faulty.setdefault(one.name, set()).update(empty)


def _missing(one: Field, row: int) -> Issue:
    return Issue(row, one.name, "ledger.missing", "must_fix", "", "没有填写。", f"请填写{one.label}。")


def _placed(ledger: Ledger, frame: pl.DataFrame, findings: Findings, by: Actor, region_code: str) -> pl.DataFrame:
    place = ledger.place_field
    if place is None:
        return frame.with_columns(region_code=pl.lit(region_code))
    for row, code in enumerate(frame[place.name].to_list()):
        if code is not None and not by.scope.covers_region(code):
            findings.add(
                Issue(row, place.name, "ledger.foreign_region", "must_fix", code, f"“{code}”不在本人的数据范围内。", "请核对区划。")
            )
    return frame.with_columns(region_code=pl.col(place.name).fill_null(region_code))


def _once_in_batch(ledger: Ledger, raw: pl.DataFrame, frame: pl.DataFrame, findings: Findings) -> None:
    keys = list(ledger.key)
    needed = [name for name in keys if ledger.field(name).required]
    rows = frame.select(keys).with_row_index("row").with_columns(pl.col("row").cast(pl.Int64))
    rows = rows.drop_nulls(needed) if needed else rows
    first = rows.with_columns(first=pl.col("row").min().over(keys)).filter(pl.col("row") > pl.col("first"))
    earlier = dict(zip(first["row"].to_list(), first["first"].to_list(), strict=True))

    def repeated(row: int) -> Issue:
        key = _key_text(ledger, raw, row)
        what = f"与同一批中的另一行{_key_words(ledger)}相同：{key}。"
        return Issue(row, keys[0], "ledger.repeated", "must_fix", key, what, "请删去重复的一行。", earlier[row])

    findings.judge(earlier, "must_fix", repeated)


def _once_in_database(
    ledger: Ledger, raw: pl.DataFrame, frame: pl.DataFrame, findings: Findings, bureau_id: int, replacing: Sequence[int]
) -> tuple[pl.Series, pl.Series]:
    found = lookups.same_keys(ledger, frame, bureau_id, replacing)
    nothing = pl.Series("existing", [None], dtype=pl.Int64).new_from_index(0, frame.height)
    none = findings.mask(set())
    if found.is_empty():
        return nothing, none
    given = frame[found["row"].to_list()]
    names = [one.name for one in ledger.fields]
    differs = pl.DataFrame({name: given[name].ne_missing(found[name]) for name in names})
    same = ~differs.select(pl.any_horizontal(names)).to_series()
    # The wrong cells of a row that is wrong already would be called differences.
    others = {found["row"][index]: index for index in (~same).arg_true().to_list() if found["row"][index] not in findings.wrong_rows}

    def exists(row: int) -> Issue:
        key = _key_text(ledger, raw, row)
        labels = [ledger.field(name).label for name in names if differs[name][others[row]]]
        what = f"已有{_key_words(ledger)}为“{key}”的记录，{'、'.join(labels[:6])}不同。"
        return Issue(row, ledger.key[0], "ledger.exists", "must_fix", key, what, "如需更正，请打开原记录修改；如属另一笔，请核对编号。")

    findings.judge(others, "must_fix", exists)
    existing = nothing.scatter(found["row"].to_list(), found["id"])
    return existing, none.scatter(found["row"].filter(same).to_list(), True) if same.any() else none


def _period_open(ledger: Ledger, frame: pl.DataFrame, findings: Findings, bureau_id: int, already: pl.Series) -> None:
    until = lookups.closed_until(ledger, bureau_id) if ledger.date else None
    if until is None:
        return
    late = (frame[ledger.date] <= until).fill_null(False) & ~already

    def closed(row: int) -> Issue:
        day = frame[ledger.date][row].isoformat()
        what = f"{day}已封账（封至{until.isoformat()}）。"
        advice = "封账后的更正须先由有权限的人解除封账，或登记在以后的日期。"
        return Issue(row, ledger.date, "ledger.closed", "must_fix", day, what, advice)

    findings.judge(late.arg_true().to_list(), "must_fix", closed)


def _keeper_agrees(
    ledger: Ledger, frame: pl.DataFrame, findings: Findings, bureau_id: int, already: pl.Series, replacing: Sequence[int]
) -> None:
    """What the slice that keeps the book finds wrong with new rows that are sound so far."""
    check = ledger.keeper.check if ledger.kept else None
    sound = ~already & ~findings.mask(findings.wrong_rows)
    if check is None or replacing or not sound.any():
        return
    rows = sound.arg_true().to_list()
    for issue in check(ledger, frame[rows], bureau_id):
        findings.add(replace(issue, row=rows[issue.row], other=None if issue.other is None else rows[issue.other]))


def _rules_hold(ledger: Ledger, frame: pl.DataFrame, findings: Findings, already: pl.Series) -> None:
    day = today()
    for rule in ledger.rules:
        holds = frame.select(compile_condition(rule.when, ledger)(day).alias("holds")).to_series().fill_null(False) & ~already
        if not holds.any():
            continue
        names = names_in(rule.when)
        unread = set().union(*(findings.faulty.get(name, set()) for name in names))
        rows = [row for row in holds.arg_true().to_list() if row not in unread]
        findings.judge(rows, rule.level, partial(_broken, ledger, frame, rule, names))


def _broken(ledger: Ledger, frame: pl.DataFrame, rule: Rule, names: Sequence[str], row: int) -> Issue:
    fields = [ledger.field(name) for name in names]
    value = "；".join(f"{one.label} {show(one, frame[one.name][row]) or '空'}" for one in fields)
    return Issue(
        row,
        names[0] if names else None,
        "ledger.rule",
        rule.level,
        value,
        f"{rule.message}（{value}）。",
        f"请{rule.advice}。" if rule.advice else "",
    )


def _key_words(ledger: Ledger) -> str:
    return "、".join(ledger.field(name).label for name in ledger.key)


def _key_text(ledger: Ledger, raw: pl.DataFrame, row: int) -> str:
    # As it was written: a reference is kept as a number nobody knows.
    return "，".join(shown_cell(ledger.field(name), raw[name][row]) for name in ledger.key if name in raw.columns)
