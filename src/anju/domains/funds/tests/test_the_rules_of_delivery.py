"""Rates and ranks of section 5: the published figures, zero denominators, ties, plans that were moved."""

from __future__ import annotations

import datetime
from fractions import Fraction

import pytest

from anju.domains.funds.rules import delivery
from anju.domains.funds.rules.delivery import Progress

YI = 10**8 * 100


def percent(value: Fraction | None) -> str:
    assert value is not None
    return f"{float(value) * 100:.2f}"


def test_published_figures_are_reproduced() -> None:
    lanzhou = Progress("兰州新区", 20_740, 7_306, approved_fen=2_074_000_000_00)
    assert percent(lanzhou.delivery_rate) == "35.23"
    assert lanzhou.loan_per_unit_fen == 100_000_00
    henan = Progress("河南", 0, 0, approved_fen=453 * YI, disbursed_fen=15_268_000_000_00)
    assert percent(Fraction(henan.disbursed_fen, 45_300_000_000_00)) == "33.70"


def test_a_rate_over_zero_is_nothing_and_unranked() -> None:
    empty, some = Progress("甲", 0, 0), Progress("乙", 10, 5)
    assert empty.delivery_rate is None
    assert delivery.ranked([empty, some]) == [(1, some), (None, empty)]


def test_ties_share_a_rank_and_the_next_is_skipped() -> None:
    rows = [Progress("甲", 10, 5), Progress("乙", 10, 8), Progress("丙", 20, 10), Progress("丁", 10, 1)]
    assert [(rank, one.name) for rank, one in delivery.ranked(rows)] == [(1, "乙"), (2, "甲"), (2, "丙"), (4, "丁")]


def test_use_rate_and_slips_break_ties() -> None:
    rows = [
        Progress("甲", 10, 5, approved_fen=100, arrived_fen=60, disbursed_fen=50, slipped=0),
        Progress("乙", 10, 5, approved_fen=100, arrived_fen=60, disbursed_fen=60, slipped=9),
        Progress("丙", 10, 5, approved_fen=100, arrived_fen=60, disbursed_fen=50, slipped=1),
    ]
    assert [one.name for _, one in delivery.ranked(rows)] == ["乙", "甲", "丙"]


@pytest.mark.parametrize(
    ("row", "crossed"),
    [
        (Progress("甲", 10, 10, 9, 8, 7, 10), ""),
        (Progress("甲", 10, 11), "交付套数大于应交付套数"),
        (Progress("甲", 10, 5, titled=6), "办证套数大于交付套数"),
        (Progress("甲", 10, 5, 5, 6), "到位金额大于批准金额"),
        (Progress("甲", 10, 5, 9, 6, 7), "拨付金额大于到位金额"),
    ],
)
def test_the_red_lines(row: Progress, crossed: str) -> None:
    assert delivery.fault(row) == crossed


def test_slips_count_from_the_first_plan() -> None:
    assert delivery.slip_days(datetime.date(2023, 6, 30), datetime.date(2023, 8, 29)) == 60
    assert delivery.slip_days(datetime.date(2023, 6, 30), datetime.date(2023, 6, 1)) == 0
