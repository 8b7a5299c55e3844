"""The books hold the rows that give the targets, seen by nothing but a plain workbook reader."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from anju.site.demo import make_books, targets
from anju.site.demo.books.shelf import COUNTY
from anju.site.demo.tests.reading import day, lines, number

H1, LAST_H1 = (date(2023, 1, 1), date(2023, 6, 30)), (date(2022, 1, 1), date(2022, 6, 30))
Rows = list[dict[str, Any]]


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Rows]:
    made = make_books(tmp_path_factory.mktemp("books"))

    @cache
    def of(ledger: str, bureau: str = COUNTY) -> Rows:
        return [line for book in made if (book.ledger, book.bureau_code) == (ledger, bureau) for line in lines(book.path)]

    return of


def during(rows: Rows, column: str, period: tuple[date, date]) -> Rows:
    return [row for row in rows if (on := day(row[column])) is not None and period[0] <= on <= period[1]]


def total(rows: Rows, column: str) -> Decimal:
    return sum((number(row[column]) for row in rows), Decimal(0))


def test_contracts_filed_in_the_half_year_give_the_printed_sales(books):
    rows = books("sale_contract")
    sold = {
        period: [row for row in during(rows, "备案日期", period) if row["合同状态"] in ("已备案", "已办证")] for period in (H1, LAST_H1)
    }
    homes = {period: [row for row in sold[period] if row["用途"] == "住宅"] for period in sold}
    assert (len(sold[H1]), len(homes[H1])) == (targets.SOLD_UNITS, targets.SOLD_UNITS_RESIDENTIAL)
    assert targets.SOLD_AREA.holds(int(total(sold[H1], "建筑面积（㎡）") * 100))
    assert targets.SOLD_AREA_RESIDENTIAL.holds(int(total(homes[H1], "建筑面积（㎡）") * 100))
    for printed, chosen in ((targets.SOLD_AMOUNT, sold), (targets.SOLD_AMOUNT_RESIDENTIAL, homes)):
        now, before = int(total(chosen[H1], "合同金额（元）")), int(total(chosen[LAST_H1], "合同金额（万元）") * 10_000)
        assert printed.holds(now)
        assert printed.growth.holds(now, before)
    assert any(row["合同状态"] == "已注销" for row in rows)
    assert any(row["备案日期"] is None for row in rows)


def test_buildings_begun_give_the_printed_areas_and_growth(books):
    begun = [row for row in books("development_building") if row["状态"] in ("在建", "已竣工")]

    def centi(use: str | None, period: tuple[date, date]) -> int:
        rows = [row for row in during(begun, "开工日期", period) if use in (None, row["用途"])]
        return int(total(rows, "建筑面积（㎡）") * 100) if period == H1 else int(total(rows, "建筑面积（万㎡）") * 1_000_000)

    for use, printed in (
        (None, targets.DEVELOPMENT_AREA),
        ("住宅", targets.DEVELOPMENT_RESIDENTIAL),
        ("商业", targets.DEVELOPMENT_COMMERCIAL),
    ):
        assert printed.holds(centi(use, H1))
        assert printed.growth.holds(centi(use, H1), centi(use, LAST_H1))


def test_rent_subsidies_are_paid_to_distinct_households(books):
    paid = [row for row in books("rent_subsidy_payment") if row["发放状态"] == "已发放"]
    quarters = {1: (date(2023, 1, 1), date(2023, 3, 31)), 2: (date(2023, 4, 1), date(2023, 6, 30))}
    for quarter, period in quarters.items():
        rows = during(paid, "发放时间", period)
        assert (len({row["家庭编号"] for row in rows}), total(rows, "实发金额（元）")) == targets.RENT_SUBSIDY[quarter]
        assert len(rows) > targets.RENT_SUBSIDY[quarter][0]
    assert len({row["家庭编号"] for row in during(paid, "发放时间", H1)}) == 11


def test_housing_applications_are_counted_once(books):
    approved = [row for row in books("new_worker_application") if row["审核结果"] == "通过"]
    rows = during(approved, "审核时间", H1)
    assert (len({row["身份证号码"] for row in rows}), len(rows)) == (targets.NEW_WORKER_PERSONS, targets.NEW_WORKER_PERSONS + 1)
    accepted = [row for row in books("public_rental_application") if row["办理状态"] in ("已受理", "已配租")]
    let = [row for row in books("public_rental_allocation") if row["配租状态"] == "已分配"]
    taken = {row["户号"] for row in during(accepted, "受理日期", H1)}
    assert len(taken) == targets.PUBLIC_RENTAL_HOUSEHOLDS
    assert {row["家庭编号"] for row in during(let, "选房日期", H1)} == taken
    waiting = [row for row in books("talent_purchase_subsidy") if row["状态"] == "待发放" and day(row["审定日期"]) <= H1[1]]
    assert (len(waiting), total(waiting, "补贴额（万元）") * 10_000) == (targets.TALENT_PERSONS, targets.TALENT_YUAN)


def test_withdrawals_and_rewards(books):
    paid = during([row for row in books("presale_withdrawal") if row["状态"] == "已拨付"], "拨付日期", H1)
    assert len(paid) == targets.WITHDRAWALS
    assert targets.WITHDRAWN.holds(int(total(paid, "拨付金额（万元）") * 10_000))
    rewards = books("purchase_reward")
    for (batch, households, yuan), state in ((targets.REWARD_PAID, "已兑现"), (targets.REWARD_PENDING, "待兑现")):
        rows = [row for row in rewards if (row["批次"], row["兑现状态"]) == (batch, state)]
        assert (len(rows), total(rows, "奖励金额（元）")) == (households, yuan)


def test_every_reward_stands_on_a_policy_in_force_on_the_day_of_purchase(books):
    policies = {row["发文字号"]: (day(row["起始日期"]), day(row["终止日期"])) for row in books("policy_document")}
    assert policies["东发〔2013〕14号"] == (date(2013, 10, 13), date(2015, 12, 31))
    assert policies["东政发〔2016〕13号"] == (date(2016, 1, 1), date(2017, 12, 31))
    for row in books("purchase_reward"):
        first, last = policies[row["政策依据"]]
        assert first <= day(row["购房时间"]) <= last


def test_homes_are_delivered_as_printed_and_one_county_leads(books):
    projects, records = books("delivery_project"), books("delivery_record")
    assert (len(projects), total(projects, "住宅套数"), len({row["列入批次"] for row in projects})) == (4, 1540, 2)
    assert total(projects, "申请金额（万元）") == 15_400
    payments = [row for row in books("special_loan_payment") if row["状态"] == "已拨付" and day(row["拨付日期"]) <= H1[1]]
    assert targets.LOAN_PAID.holds(int(total(payments, "拨付金额（万元）") * 10_000))
    done = during([row for row in records if row["状态"] == "已交付"], "交付日期", H1)
    assert total(done, "交付套数") == targets.HOMES_DELIVERED
    assert total(during(books("delivery_task"), "完成时限", H1), "任务套数") == targets.HOMES_TO_DELIVER_BY_JUNE


def test_units_and_services(books):
    units = books("building_unit")
    standing = [row for row in units if day(row["入库日期"]) <= H1[1] and not ((gone := day(row["注销日期"])) and gone <= H1[1])]
    assert (len(standing), int(total(standing, "实测面积（㎡）") * 100)) == (targets.UNITS, targets.UNITS_AREA)
    existing = during([row for row in books("existing_home_contract") if row["状态"] == "已备案"], "备案日期", H1)
    gone = during([row for row in books("deregistration") if row["状态"] != "退件"], "受理日期", H1)
    assert (len(existing), len(gone)) == (targets.EXISTING_CONTRACTS, targets.DEREGISTRATIONS)
    areas = [int(total(existing, "建筑面积（平方米）") * 100), int(total(gone, "面积（㎡）") * 100)]
    assert targets.EXISTING_AREA.holds(areas[0])
    assert targets.DEREGISTERED_AREA.holds(areas[1])
    assert targets.TRANSACTION_AREA.holds(sum(areas))
    assert targets.EXISTING_AMOUNT.holds(int(total(existing, "成交金额（万元）") * 10_000))
    issued = during([row for row in books("housing_certificate") if row["状态"] == "已开具"], "开具日期", H1)
    assert len(issued) == targets.CERTIFICATES
    queries = during(books("record_query"), "查询日期", H1)
    assert total([row for row in queries if row["单位类别"] == "上级部门"], "查询人次") == targets.QUERIES_SUPERIOR
    assert total([row for row in queries if row["单位类别"].endswith("机关")], "查询人次") == targets.QUERIES_JUDICIAL


def test_the_same_seed_writes_the_same_books_and_another_seed_other_ones(tmp_path: Path):
    first, again, other = (make_books(tmp_path / name, seed=seed) for name, seed in (("a", 7), ("b", 7), ("c", 8)))
    for one, two, three in zip(first, again, other, strict=True):
        assert one.path.read_bytes() == two.path.read_bytes()
        if one.ledger in ("housing_certificate", "purchase_reward", "sale_contract"):
            assert one.path.read_bytes() != three.path.read_bytes()
