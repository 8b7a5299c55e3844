"""Evidence as a workbook: one sheet per set of rows, with what was counted and the digest at the top."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import xlsxwriter

from anju.kernel.access.actor import Actor
from anju.kernel.access.scope import using_scope
from anju.kernel.errors import AnjuError
from anju.kernel.figures import facts as fact_catalogue
from anju.kernel.figures.aggregates import Aggregate
from anju.kernel.figures.compute import current_snapshot, make_planner, within
from anju.kernel.figures.engines.compiled import CompiledEngine
from anju.kernel.figures.engines.duckdb import DuckDBEngine
from anju.kernel.figures.evidence_columns import listable_columns, number
from anju.kernel.figures.evidence_rows import EvidenceRow, rows_of
from anju.kernel.figures.facts import Column
from anju.kernel.figures.models import Snapshot
from anju.kernel.figures.planning import Question, Request

MAX_SHEET_ROWS = 1_000_000
"""Excel ends at 1,048,576 rows."""
_READ = 20_000
_OPTIONS = {"constant_memory": True, "default_date_format": "yyyy-mm-dd", "strings_to_formulas": False, "strings_to_urls": False}


def export_xlsx(request: Request, path: Path, *, by: Actor, snapshot: Snapshot | None = None) -> int:
    """Write every contributing row within the reader's scope to a workbook; returns how many.

    Raises Forbidden outside the scope and AnjuError `figures.too_many_rows` beyond what one sheet holds.
    """
    plan = make_planner().plan(within(request, by.scope))
    engine = DuckDBEngine(snapshot or current_snapshot())
    sets: dict[Aggregate, dict[Aggregate, Question]] = {}
    for leaf in plan.now.leaves():
        if leaf.aggregate is not None:
            sets.setdefault(replace(leaf.aggregate, kind="count", column=None), {})[leaf.aggregate] = leaf
    written = 0
    with using_scope(by.scope), xlsxwriter.Workbook(path, _OPTIONS) as book:
        for at, questions in enumerate(sets.values(), start=1):
            name = "依据" if len(sets) == 1 else f"依据{at}"
            written += _sheet(book, name, list(questions.values()), engine)
    return written


def _sheet(book: Any, name: str, questions: list[Question], engine: CompiledEngine) -> int:
    aggregates = [question.aggregate for question in questions if question.aggregate is not None]
    proofs = engine.prove(aggregates)
    count = proofs[0].rows
    if count > MAX_SHEET_ROWS:
        raise AnjuError.of("figures.too_many_rows", f"依据有{count}行，一个工作表放不下。", advice="请缩小报告期或地区后再导出。")
    columns = listable_columns(fact_catalogue.fact(aggregates[0].fact))
    sheet = book.add_worksheet(name)
    bold = book.add_format({"bold": True})
    titles = "、".join(f"{question.indicator.name}（{question.period.label}）" for question in questions)
    sheet.write_string(0, 0, titles, bold)
    digests = "；".join(f"{question.indicator.name} {proof.digest}" for question, proof in zip(questions, proofs, strict=True))
    sheet.write_string(1, 0, f"共{count}行；SM3：{digests}")
    heads = ["记录编号", *(f"{each.label}（{each.unit}）" if each.unit else each.label for each in columns)]
    heads += [f"计入{question.indicator.name}" for question in questions]
    for place, head in enumerate(heads):
        sheet.write_string(2, place, head, bold)
    sheet.freeze_panes(3, 0)
    for line, row in enumerate(_all_rows(engine, aggregates[0], columns, count), start=3):
        _write(sheet, line, row, columns)
        for place, aggregate in enumerate(aggregates, start=len(columns) + 1):
            sheet.write_number(line, place, _contribution(row, columns, aggregate))
    return count


def _all_rows(engine: CompiledEngine, aggregate: Aggregate, columns: tuple[Column, ...], count: int) -> Iterator[EvidenceRow]:
    for offset in range(0, count, _READ):
        yield from rows_of(engine, aggregate, columns, offset=offset, limit=_READ)


def _write(sheet: Any, line: int, row: EvidenceRow, columns: tuple[Column, ...]) -> None:
    sheet.write_string(line, 0, f"{row.record_table}:{row.record_id}")
    for place, (column, value, cell) in enumerate(zip(columns, row.values, row.cells, strict=True), start=1):
        if value is None:
            continue
        if column.kind == "int64":
            sheet.write_number(line, place, number(column, value))
        elif column.type == "date":
            sheet.write_datetime(line, place, value)
        else:
            sheet.write_string(line, place, cell)


def _contribution(row: EvidenceRow, columns: tuple[Column, ...], aggregate: Aggregate) -> Any:
    for column, value in zip(columns, row.values, strict=True):
        if aggregate.kind == "sum" and column.name == aggregate.column:
            return number(column, value or 0)
    return 1
