"""The evidence of a figure is the rows it counted: same number, same sum, one digest, and nothing outside the reader's scope."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from anju.kernel.access.actor import Actor
from anju.kernel.access.scope import Scope
from anju.kernel.errors import Forbidden
from anju.kernel.figures import snapshots
from anju.kernel.figures.compute import evaluate
from anju.kernel.figures.engines.duckdb import DuckDBEngine
from anju.kernel.figures.engines.postgres import PostgresEngine
from anju.kernel.figures.evidence import evidence, export_xlsx
from anju.kernel.figures.facts import Fact
from anju.kernel.figures.indicators import Measure
from anju.kernel.figures.models import Snapshot
from anju.kernel.figures.periods import Period
from anju.kernel.figures.planning import Request
from anju.kernel.figures.tests import samples
from anju.kernel.figures.tests.samples import sale

H1 = Period.parse("2023H1")
COUNTY = "990121"
OTHER = "990122"


def on(month: int, day: int = 1, year: int = 2023) -> datetime.date:
    return datetime.date(year, month, day)


@pytest.fixture
def snapshot(market: Actor, sales: dict[str, Fact]) -> Snapshot:
    samples.add(
        market,
        sale(filed_on=on(5), amount=300, household="H1"),
        sale(filed_on=on(2), amount=100, household="H2", use="shop"),
        sale(filed_on=on(2), amount=None, household="H1", bureau_id=2),
        sale(filed_on=on(3, year=2022), amount=50, household=None),
        sale(filed_on=on(4), amount=7_000, region_code=OTHER, bureau_id=3),
        sale(filed_on=None),
    )
    return snapshots.refresh(facts=sales)


def reader(region: str = COUNTY, bureau_id: int | None = None) -> Actor:
    return Actor(name="读者", scope=Scope(region, bureau_id), staff_id=1)


def test_rows_are_those_that_were_counted(snapshot: Snapshot) -> None:
    asked = Request("sample.amount", H1, COUNTY)
    (figure,) = evaluate([asked], by=reader(), snapshot=snapshot)
    found = evidence(asked, by=reader(), snapshot=snapshot)
    assert (found.count, len(found.rows)) == (figure.rows, 3)
    assert sum(row.contributed for row in found.rows) == 400 == figure.value * 100
    assert [row.values[0] for row in found.rows] == [on(2), on(2), on(5)]
    assert [column.label for column in found.columns] == ["备案日期", "退出日期", "用途", "金额"]
    assert found.rows[0].cells == ("2023-02-01", "", "商业", "1.00")
    assert {row.record_table for row in found.rows} == {samples.TABLE}


def test_a_page_does_not_change_count_or_digest(snapshot: Snapshot) -> None:
    asked = Request("sample.count", H1, COUNTY)
    whole = evidence(asked, by=reader(), snapshot=snapshot)
    second = evidence(asked, by=reader(), snapshot=snapshot, offset=1, limit=1)
    none = evidence(asked, by=reader(), snapshot=snapshot, limit=0)
    assert second.rows == whole.rows[1:2]
    assert none.rows == ()
    assert {(each.count, each.digest) for each in (whole, second, none)} == {(3, whole.digest)}


def test_both_engines_prove_the_same(snapshot: Snapshot) -> None:
    keys = ["count", "amount", "households", "held", "price", "home_rate", "movements"]
    measures: list[Measure] = ["value", "yoy", "mom", "change"]
    asked = [Request(f"sample.{key}", H1, COUNTY, measure=measure) for key in keys for measure in measures]
    figures = evaluate(asked, by=reader(), snapshot=snapshot)
    for request, figure in zip(asked, figures, strict=True):
        first = evidence(request, by=reader(), engine=DuckDBEngine(snapshot))
        assert first == evidence(request, by=reader(), engine=PostgresEngine())
        assert (first.reference, first.count, len(first.rows)) == (figure.reference, figure.rows, figure.rows)


def test_a_derived_figure_has_the_evidence_of_its_parts(snapshot: Snapshot) -> None:
    price = evidence(Request("sample.price", H1, COUNTY), by=reader(), snapshot=snapshot)
    assert [part.reference for part in price.parts] == ["sample.amount", "sample.area"]
    growth = evidence(Request("sample.count", H1, COUNTY, measure="yoy"), by=reader(), snapshot=snapshot)
    assert [(part.period.code, part.count) for part in growth.parts] == [("2023H1", 3), ("2022H1", 1)]
    assert growth.digest not in {part.digest for part in growth.parts}


def test_pages_run_through_the_parts(snapshot: Snapshot) -> None:
    asked = Request("sample.home_rate", H1, COUNTY)
    whole = evidence(asked, by=reader(), snapshot=snapshot)
    pages = [evidence(asked, by=reader(), snapshot=snapshot, offset=at, limit=1).rows for at in range(whole.count)]
    assert tuple(row for page in pages for row in page) == whole.rows


def test_the_digest_follows_every_contribution(snapshot: Snapshot, sales: dict[str, Fact], system: Actor) -> None:
    asked = Request("sample.amount", H1, COUNTY)
    before = evidence(asked, by=reader(), snapshot=snapshot)
    samples.change(system, before.rows[0].record_id, household="H9")
    same = evidence(asked, by=reader(), snapshot=snapshots.refresh(facts=sales))
    assert same.digest == before.digest
    samples.change(system, before.rows[0].record_id, amount=101)
    assert evidence(asked, by=reader(), snapshot=snapshots.refresh(facts=sales)).digest != before.digest
    assert evidence(asked, by=reader(), snapshot=snapshot).digest == before.digest


def test_a_reader_gets_no_row_of_others(snapshot: Snapshot) -> None:
    with pytest.raises(Forbidden, match="figures.forbidden"):
        evidence(Request("sample.amount", H1, OTHER), by=reader(), snapshot=snapshot)
    with pytest.raises(Forbidden, match="figures.forbidden"):
        export_xlsx(Request("sample.amount", H1, ""), Path("never.xlsx"), by=reader(), snapshot=snapshot)
    own = evidence(Request("sample.count", H1, COUNTY), by=reader(bureau_id=2), snapshot=snapshot)
    assert own.count == len(own.rows) == 1
    with pytest.raises(Forbidden):
        evidence(Request("sample.count", H1, COUNTY, bureau_id=1), by=reader(bureau_id=2), snapshot=snapshot)


def test_the_workbook_holds_every_row(snapshot: Snapshot, tmp_path: Path) -> None:
    path = tmp_path / "evidence.xlsx"
    assert export_xlsx(Request("sample.price", H1, COUNTY), path, by=reader(), snapshot=snapshot) == 3
    book = load_workbook(path)
    assert book.sheetnames == ["依据"]
    lines = list(book["依据"].iter_rows(values_only=True))
    amount = evidence(Request("sample.amount", H1, COUNTY), by=reader(), snapshot=snapshot)
    assert lines[0][0] == "销售额（2023年上半年）、销售面积（2023年上半年）"
    assert amount.digest in str(lines[1][0])
    assert lines[2][:2] == ("记录编号", "备案日期")
    assert lines[2][-2:] == ("计入销售额", "计入销售面积")
    assert [line[-2] for line in lines[3:]] == [1, 0, 3]
