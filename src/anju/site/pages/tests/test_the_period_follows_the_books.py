"""Which period the pages open on, and what the menu offers."""

from __future__ import annotations

from datetime import date

import pytest

from anju.kernel.figures.periods import Period
from anju.site.pages.figure_story import short_label, trend_periods
from anju.site.pages.reporting_period import offered_periods, period_at_work


@pytest.mark.parametrize(
    ("newest", "code"),
    [(date(2023, 6, 30), "2023H1"), (date(2023, 7, 14), "2023H1"), (date(2023, 9, 1), "2023H2"), (date(2024, 1, 20), "2023H2")],
)
def test_the_first_weeks_of_a_half_still_belong_to_the_last_report(newest: date, code: str) -> None:
    assert period_at_work(newest).code == code


def test_the_menu_always_offers_the_current_year() -> None:
    rows = offered_periods(date(2023, 7, 1), Period.parse("2019Q2"))
    assert [row.year for row in rows] == ["2023年", "2022年", "2021年", "2019年"]
    assert [one.code for one in rows[0].periods][:4] == ["2023", "2023H1", "2023H2", "2023Q1"]


def test_a_trend_ends_with_the_period_itself() -> None:
    assert [short_label(period) for period in trend_periods(Period.parse("2023H1"))][-3:] == ["2022Q4", "2023Q1", "2023Q2"]
    assert len(trend_periods(Period.parse("2023-05"))) == 13
    assert trend_periods(Period.parse("2023-01-01..2023-05-31"))[-1].code == "2023-05"
