"""A figure is printed in the words its slot asks for; a missing one never prints a number."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

import pytest

from anju.kernel.errors import AnjuError
from anju.kernel.figures.wording import growth_text
from anju.kernel.quantities.rounding import Mode
from anju.kernel.reports.language.references import NotAReference
from anju.kernel.reports.wording import Format, read_formats, words


@dataclass(frozen=True)
class Given:
    value: Fraction | None
    unit: str
    shown: Decimal | None
    show_unit: str
    measure: str = "value"
    text: str = ""
    rounding: Mode = "half_up"


AMOUNT = Given(Fraction(1848051234), "元", Decimal("18.48"), "亿元")
UNITS = Given(Fraction(2531), "套", Decimal(2531), "套")
BATCHES = Given(Fraction(2), "批", Decimal(2), "批")
CERTIFICATES = Given(Fraction(3217), "份", Decimal(3217), "份")
AREA = Given(Fraction(15900), "㎡", Decimal("1.59"), "万㎡")
PERSONS = Given(Fraction(123456), "人次", Decimal(123456), "人次")
AID = Given(Fraction(236000), "元", Decimal("23.60"), "万元")
ROUND = Given(Fraction(120000), "人次", Decimal(120000), "人次")
DAY = Given(Fraction(738428), "日期", Decimal(738428), "日期", text="2022年9月30日")
RANK = Given(Fraction(2), "位", Decimal(2), "位", "rank", "第二")


def growth(shown: str) -> Given:
    return Given(Fraction(shown), "%", Decimal(shown), "%", "yoy", growth_text("yoy", Decimal(shown), "%"))


@pytest.mark.parametrize(
    ("figure", "formats", "expected"),
    [
        (AMOUNT, (), "18.48亿元"),
        (AMOUNT, ("万元",), "184805.12万元"),
        (AMOUNT, ("亿元", "1位"), "18.5亿元"),
        (AMOUNT, ("亿元", "数"), "18.48"),
        (AMOUNT, ("元",), "1848051234元"),
        (UNITS, (), "2531套"),
        (BATCHES, ("中文",), "两批"),
        (BATCHES, ("中文", "数"), "二"),
        (CERTIFICATES, ("余",), "3200余份"),
        (CERTIFICATES, ("多",), "3200多份"),
        (PERSONS, ("万人次", "余"), "12万余人次"),
        (PERSONS, ("余",), "120000余人次"),
        (ROUND, ("万人次", "余"), "12万人次"),
        (AID, ("余",), "20余万元"),
        (AREA, ("万平方米",), "1.59万平方米"),
        (AREA, ("平方米", "0位"), "15900平方米"),
        (growth("-35.00"), ("同比", "0位", "％"), "同比下降35％"),
        (DAY, (), "2022年9月30日"),
        (DAY, ("年份",), "2022"),
        (DAY, ("月份",), "9"),
        (DAY, ("日",), "30"),
        (RANK, (), "第二"),
        (RANK, ("数",), "2"),
        (growth("0.71"), ("同比",), "同比上升0.71%"),
        (growth("-3.20"), ("同比",), "同比下降3.20%"),
        (growth("0.00"), ("同比",), "同比持平"),
        (growth("0.71"), (), "0.71%"),
        (Given(None, "%", None, "%", "yoy", "上年同期为零"), ("同比",), "上年同期为零"),
        (Given(None, "%", None, "%", "value", "分母为零，无法计算"), ("数",), "分母为零，无法计算"),
        (Given(Fraction(-12), "套", Decimal(-12), "套", "change", "比上年同期减少12套"), ("增减",), "比上年同期减少12套"),
    ],
)
def test_words(figure: Given, formats: tuple[str, ...], expected: str) -> None:
    assert words(figure, read_formats(formats)) == expected


def test_the_words_of_growth_are_the_templates() -> None:
    assert words(growth("-1.50"), read_formats(("同比",)), growth=("增长", "减少")) == "同比减少1.50%"


@pytest.mark.parametrize("formats", [("公斤",), ("中文", "余"), ("同比", "环比"), ("亿元", "万元"), ("余", "多"), ("年份", "月份")])
def test_formats_that_mean_nothing(formats: tuple[str, ...]) -> None:
    with pytest.raises(NotAReference):
        read_formats(formats)


def test_a_unit_of_another_kind_is_refused() -> None:
    with pytest.raises(AnjuError, match="unit_mismatch"):
        words(UNITS, Format(unit="户"))
