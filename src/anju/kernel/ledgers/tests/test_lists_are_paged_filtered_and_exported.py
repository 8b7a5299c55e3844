"""Lists: pages that join without a gap, structured filters, words, totals, and an export of what is seen."""

from __future__ import annotations

import datetime
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from anju.kernel.access.actor import Actor
from anju.kernel.access.scope import Scope, using_scope
from anju.kernel.errors import AnjuError
from anju.kernel.journal.actions import action
from anju.kernel.ledgers import actions, queries
from anju.kernel.ledgers.catalogue import get
from anju.kernel.ledgers.declaration import Ledger
from anju.kernel.ledgers.export import export
from anju.kernel.orgs.models import Bureau
from anju.testing.ledgers import declare_for_test

pytestmark = pytest.mark.django_db


@pytest.fixture
def contracts() -> Ledger:
    return get("sale_contract")


def row(number: int, bureau: Bureau, **values: object) -> dict[str, object]:
    base: dict[str, object] = {
        "contract_no": f"HT-{number:04d}", "project": "示例府" if number % 2 else "东原苑", "building": "1", "room": str(number),
        "use": "residential" if number % 3 else "commercial", "buyer": "=1+1" if number == 7 else f"示例买受人{number}",
        "resident_id": "11010519491231002X", "phone": "13800138000", "area": Decimal(90 + number), "amount": 100_0000_00 + number,
        "signed_on": datetime.date(2023, 1, 1), "state": "filed", "region_code": bureau.region_id, "bureau_id": bureau.pk,
        "filed_on": None if number % 5 == 0 else datetime.date(2023, 1, 1) + datetime.timedelta(days=number % 7),
    }  # fmt: skip
    return base | values


@pytest.fixture
def filled(contracts: Ledger, bureau: Bureau, other_bureau: Bureau, system: Actor) -> None:
    with action("ledgers.probe", by=system):
        model = contracts.model
        model.objects.bulk_create([model(**row(n, bureau)) for n in range(60)])
        model.objects.bulk_create([model(**row(n, other_bureau)) for n in range(30)])
        model.objects.bulk_create([model(**row(99, bureau, voided_at=datetime.datetime.now(datetime.UTC)))])


def walk(ledger: Ledger, scope: Scope, **conditions: object) -> list[object]:
    found, after = [], None
    while True:
        one = queries.page(ledger, scope, after=after, size=7, **conditions)  # type: ignore[arg-type]
        found += one.rows
        if one.next is None:
            return found
        after = one.next


@pytest.mark.parametrize("sort", ["", "filed_on", "contract_no", "-contract_no", "id", "-id"])
@pytest.mark.parametrize("whole_city", [False, True])
def test_pages_join_without_gap_or_repetition(
    contracts: Ledger, filled: None, county_clerk: Actor, city_reader: Actor, sort: str, whole_city: bool
) -> None:
    scope = city_reader.scope if whole_city else county_clerk.scope
    found = walk(contracts, scope, sort=sort)
    assert len(found) == (90 if whole_city else 60)
    assert len({one.pk for one in found}) == len(found)
    column = sort.removeprefix("-") or "filed_on"
    values = [getattr(one, column) for one in found]
    valued = [value for value in values if value is not None]
    assert valued == sorted(valued, reverse=sort.startswith("-") or not sort)
    assert values[len(valued) :] == [None] * (len(values) - len(valued))


def test_the_count_is_told_and_kept(contracts: Ledger, filled: None, county_clerk: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    first = queries.page(contracts, county_clerk.scope, size=10)
    assert (first.count, first.count_is_capped) == (60, False)
    assert queries.page(contracts, county_clerk.scope, size=10, after=first.next).count == 60
    monkeypatch.setattr(queries, "COUNT_CAP", 20)
    capped = queries.page(contracts, county_clerk.scope, size=10)
    assert (capped.count, capped.count_is_capped) == (20, True)


@pytest.mark.parametrize(
    ("where", "search", "number"),
    [
        ({"use": "commercial"}, "", 20),
        ({"use": "商业"}, "", 20),
        ({"use": ["commercial", "residential"]}, "", 60),
        ({"filed_on": {"gte": "2023-01-02", "lte": "2023年1月3日"}}, "", 15),
        ({"filed_on": {"is_null": True}}, "", 12),
        ({"amount": {"gt": "100.0000万元", "lte": "1000000.05"}}, "", 5),
        ({"area": {"gte": "148.5"}}, "", 1),
        ({"use": {"not": "commercial"}, "project": {"contains": "东原"}}, "", 20),
        ({}, "ht-0003", 1),
        ({}, "买受人", 59),
        ({}, "商业", 20),
        ({}, "138 0013 8000", 60),
        ({}, "11010519491231002x", 60),
        ({}, "0013", 1),
        ({}, "%", 0),
        ({}, "买受人\ud800\0", 59),
    ],
)
def test_filters_and_words(
    contracts: Ledger, filled: None, county_clerk: Actor, where: dict[str, object], search: str, number: int
) -> None:
    assert len(walk(contracts, county_clerk.scope, where=where, search=search)) == number
    assert queries.totals(contracts, county_clerk.scope, where, search).count == number


@pytest.mark.parametrize(
    "conditions",
    [
        {"where": {"nothing": 1}},
        {"where": {"use": "跳舞"}},
        {"where": {"amount": {"like": "1"}}},
        {"where": {"resident_id": {"gte": "11010519491231002X"}}},
        {"where": {"id": "1; drop"}},
        {"sort": "buyer"},
        {"sort": "resident_id"},
        {"after": "nonsense"},
        {"after": "W10"},
    ],
)
def test_a_condition_that_makes_no_sense_is_refused(contracts: Ledger, county_clerk: Actor, conditions: dict[str, object]) -> None:
    with pytest.raises(AnjuError):
        queries.page(contracts, county_clerk.scope, **conditions)  # type: ignore[arg-type]


def test_totals_add_what_can_be_added(contracts: Ledger, filled: None, county_clerk: Actor) -> None:
    totals = queries.totals(contracts, county_clerk.scope)
    assert totals.sums == {"amount": 60 * 100_0000_00 + sum(range(60)), "area": Decimal(60 * 90 + sum(range(60)))}


def test_the_neighbour_sees_its_own_only(
    contracts: Ledger, filled: None, county_clerk: Actor, other_county_clerk: Actor, tmp_path: Path
) -> None:
    scope = other_county_clerk.scope
    theirs = queries.page(contracts, county_clerk.scope).rows[0]
    assert {one.region_code for one in walk(contracts, scope)} == {"990122"}
    assert queries.page(contracts, scope, where={"id": theirs.pk}).rows == []
    with pytest.raises(AnjuError, match="ledger.no_record"):
        queries.record(contracts, theirs.pk, scope)
    with using_scope(scope):
        assert queries.history(contracts, theirs.pk) == []
    assert export(contracts, scope, path=tmp_path / "list.xlsx") == 30
    assert queries.page(contracts, Scope.nothing()).rows == []


def test_the_export_is_what_is_seen(contracts: Ledger, filled: None, county_clerk: Actor, tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    assert export(contracts, county_clerk.scope, path=path, where={"use": "residential"}, sort="contract_no") == 40
    cells = list(load_workbook(path).active.iter_rows())
    header = [cell.value for cell in cells[0]]
    assert header[header.index("建筑面积（㎡）")] in header
    by_label = {label: column for column, label in enumerate(header)}
    first, seventh = cells[1], next(one for one in cells if one[0].value == "HT-0007")
    assert (first[0].value, first[by_label["用途"]].value) == ("HT-0001", "住宅")
    assert first[by_label["证件号码"]].value == "110105********002X"
    assert first[by_label["联系电话"]].value == "138****8000"
    assert (first[by_label["合同金额（元）"]].value, first[by_label["合同金额（元）"]].number_format) == (1000000.01, "#,##0.00")
    assert first[by_label["备案日期"]].value == datetime.datetime(2023, 1, 2)  # noqa: DTZ001
    assert (seventh[by_label["买受人"]].value, seventh[by_label["买受人"]].data_type) == ("=1+1", "s")


PEOPLE = """
ledger: people_told_of
name: 人员台账
version: 1
grain: one person
source: 测试
key: [number]
date: applied_on
fields:
  number:      {label: 编号, type: text, required: true, max: 40}
  head:        {label: 姓名, type: text, required: true, max: 40}
  resident_id: {label: 身份证号, type: resident_id, required: true}
  applied_on:  {label: 申请日期, type: date, required: true}
  accepted_on: {label: 受理日期, type: date}
  state:       {label: 办理状态, type: choice, required: true, choices: {submitted: 待受理, accepted: 已受理}}
"""


def test_history_says_what_changed_and_hides_what_is_personal(county_clerk: Actor) -> None:
    values = {"number": "A1", "head": "示例甲", "resident_id": "11010519491231002X", "applied_on": "2023-01-05", "state": "待受理"}
    change = {"state": "已受理", "accepted_on": "2023-01-09", "resident_id": "440106200002290016"}
    with declare_for_test(PEOPLE) as (ledger,):
        number = actions.add_record(ledger, values, by=county_clerk)
        actions.change_record(ledger, number, change, by=county_clerk, version=1, reason="受理")
        actions.void_record(ledger, number, by=county_clerk, reason="重复")
        with using_scope(county_clerk.scope):
            items = queries.history(ledger, number)
    assert [item.kind for item in items] == ["added", "changed", "voided"]
    assert [item.entry and item.entry.reason for item in items] == ["", "受理", "重复"]
    told = {(one.label, one.before, one.after) for one in items[1].differences}
    assert told == {("办理状态", "待受理", "已受理"), ("受理日期", "", "2023-01-09"), ("身份证号", "（内容不留痕）", "（内容不留痕）")}
    assert "11010519491231002X" not in str([(item.before, item.after, item.entry and item.entry.data) for item in items])


def test_references_are_printed_by_their_key(county_clerk: Actor) -> None:
    project, payment = get("delivery_project"), get("special_loan_payment")
    listed = {"project_no": "P1", "project": "示例府", "batch": 1, "units": 10, "loan_applied": "500万元", "listed_on": "2022-09-01"}
    actions.add_record(project, listed, by=county_clerk)
    paid = {"voucher_no": "V1", "project_no": "P1", "payee": "示例建设", "amount": "100", "paid_on": "2023-01-05", "state": "已拨付"}
    actions.add_record(payment, paid, by=county_clerk)
    with using_scope(county_clerk.scope):
        found = queries.page(payment, county_clerk.scope, where={"project_no": "P1"}).rows
        assert queries.shown(payment, found)[0]["project_no"] == "P1"
