"""The words of a report that come from its period, bureau and region, each from one place."""

from __future__ import annotations

from datetime import date

from anju.kernel.figures.periods import Period, day_label
from anju.kernel.quantities.text import chinese_number
from anju.kernel.reports.language.nodes import Variable
from anju.kernel.reports.wording import CHINESE

NAMES = ("期间", "期末", "年", "去年", "上年同期", "本期", "首季", "次季", "单位", "地区", "日期", "文号")


def variables(period: Period, *, bureau: str, region: str, dated: date, number: str) -> dict[str, str]:
    """The value of every name in `NAMES`. `number`: the serial of the 发文字号, empty when it has none.

    首季 and 次季 are the period's first and second quarter, as `@1Q` and `@2Q` count them; empty when it has none.
    """
    year = period.end.year
    label = period.label
    return {
        "期间": label,
        "期末": period.end_label,
        "本期": label.removeprefix(f"{year}年") or "全年",
        "首季": _quarter(period, 1),
        "次季": _quarter(period, 2),
        "年": str(year),
        "去年": str(year - 1),
        "上年同期": period.year_before().label,
        "单位": bureau,
        "地区": region,
        "日期": day_label(dated),
        "文号": number,
    }


def _quarter(period: Period, number: int) -> str:
    quarter = period.nth(number, "Q")
    return "" if quarter is None else quarter.label.removeprefix(f"{quarter.start.year}年")


def variable_words(variable: Variable, values: dict[str, str]) -> str:
    """The words of a variable; `中文` turns a whole number into Chinese numerals (第{batch|中文}批)."""
    text = values[variable.name]
    return chinese_number(int(text)) if CHINESE in variable.formats and text.isdigit() else text
