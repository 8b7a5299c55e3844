"""Every type: what is accepted, what it becomes, and what the refusal says."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest

from anju.kernel.errors import AnjuError
from anju.kernel.ledgers import values
from anju.kernel.ledgers.declaration import Field
from anju.kernel.ledgers.parsing.reader import read_cell
from anju.kernel.ledgers.tests import fields as f

D = datetime.date


@pytest.mark.parametrize(
    ("field", "written", "kept"),
    [
        (f.AMOUNT, "1,234.50", 123450),
        (f.AMOUNT, "１，２３４．５０", 123450),
        (f.AMOUNT, "12.5万元", 12500000),
        (f.AMOUNT, "¥ 18.4", 1840),
        (f.AMOUNT, 18.48, 1848),
        (f.AMOUNT, 0.1 + 0.2, 30),
        (f.AMOUNT, "—", None),
        (f.AMOUNT, "", None),
        (f.WAN, "24", 24000000),
        (f.WAN, "240000元", 24000000),
        (f.WAN, "(3.5)", -3500000),
        (f.AREA, "98.4", Decimal("98.40")),
        (f.AREA, "98.4 m2", Decimal("98.40")),
        (f.AREA, "1.59万㎡", Decimal("15900.00")),
        (f.LAND, "3", Decimal("2000.00")),
        (f.LAND, "1", Decimal("666.67")),
        (f.LAND, "2000㎡", Decimal("2000.00")),
        (f.PERSONS, "1,200人次", 1200),
        (f.PERSONS, 12.0, 12),
        (f.PRICE, "4732.00", Decimal("4732.00")),
        (f.DAY, "2023年6月30日", D(2023, 6, 30)),
        (f.DAY, "2023.6.30", D(2023, 6, 30)),
        (f.DAY, "2023/06/30 00:00:00", D(2023, 6, 30)),
        (f.DAY, "20230630", D(2023, 6, 30)),
        (f.DAY, 20230630.0, D(2023, 6, 30)),
        (f.DAY, 45107, D(2023, 6, 30)),
        (f.DAY, 45107.5, D(2023, 6, 30)),
        (f.DAY, datetime.datetime(2023, 6, 30, 9, 5), D(2023, 6, 30)),  # noqa: DTZ001
        (f.DAY, "２０２３－６－３０", D(2023, 6, 30)),
        (f.MONTH, "2023年6月", D(2023, 6, 1)),
        (f.MONTH, "202306", D(2023, 6, 1)),
        (f.MONTH, D(2023, 6, 30), D(2023, 6, 1)),
        (f.STATE, " 已备案 ", "filed"),
        (f.STATE, "已 备案", "filed"),
        (f.STATE, "paid", "paid"),
        (f.TEXT, " 3-\n201 ", "3- 201"),
        (f.TEXT, 201.0, "201"),
        (f.FIRM, "示例置业(云川)有限公司", "示例置业（云川）有限公司"),
        (f.PERSON, "11010519491231002x", "11010519491231002X"),
        (f.PERSON, "110105491231002", "11010519491231002X"),
        (f.CARD, "6222 0212 3456 7890 128", "6222021234567890128"),
        (f.UNIT_CODE, "440106 001002 gb00003 f00010001", "440106001002GB00003F00010001"),
        (f.PROJECT, "２１０５—440106—04—01—123456", "2105-440106-04-01-123456"),
        (f.DOCUMENT, "示例房发[2023] 12号", "示例房发〔2023〕12号"),
        (f.CODE, "91350100m000100y43", "91350100M000100Y43"),
        (f.PHONE, 13800138000.0, "13800138000"),
        (f.REGION, 990121.0, "990121"),
    ],
)
def test_accepted(field: Field, written: object, kept: object) -> None:
    assert values.parse_value(field, written) == kept


@pytest.mark.parametrize(
    ("field", "written", "code", "said"),
    [
        (f.AREA, "98.4亩", "ledger.unit_mismatch", "写的是“98.4亩”，此列单位是㎡。"),
        (f.AREA, "98.4亩", "ledger.unit_mismatch", "请改为㎡（1亩≈666.67㎡），或在列名中写明单位。"),
        (f.AREA, "98.4元", "ledger.unit_mismatch", "不是同一类量"),
        (f.AREA, "-1", "ledger.negative", "不能为负数"),
        (f.AREA, "98.456", "ledger.too_precise", "小数位超过2位"),
        (f.MONTHS, "12个", "ledger.unit_mismatch", "此列没有单位"),
        (f.AMOUNT, "12.345", "ledger.too_precise", "金额最小到分"),
        (f.AMOUNT, "-5", "ledger.negative", "不能为负数"),
        (f.AMOUNT, "9999999999999999", "ledger.too_large", "系统上限"),
        (f.AMOUNT, "约18", "ledger.not_a_number", "不要写“约”"),
        (f.AMOUNT, "1,23", "ledger.not_a_number", "千分位"),
        (f.AMOUNT, "1.2E+5", "ledger.not_a_number", "科学计数法"),
        (f.AMOUNT, True, "ledger.not_a_number", "不是数"),
        (f.PERSONS, "6000", "ledger.too_large", "上限5000人次"),
        (f.PERSONS, "0", "ledger.too_small", "下限1人次"),
        (f.PERSONS, "1.5", "ledger.not_whole", "应为整数"),
        (f.DAY, "2023-02-29", "ledger.not_a_date", "没有这一天"),
        (f.DAY, "6月30日", "ledger.not_a_date", "缺少年份"),
        (f.DAY, "23.6.30", "ledger.not_a_date", "年份不是四位"),
        (f.DAY, "2023年6月", "ledger.not_a_date", "缺少日"),
        (f.DAY, 2023, "ledger.not_a_date", "不是日期"),
        (f.MONTH, 2023.1, "ledger.not_a_date", "分不清"),
        (f.STATE, "待定", "ledger.not_a_choice", "可选：已备案、已发放"),
        (f.TEXT, "一" * 21, "ledger.too_long", "共21字，超过20字"),
        (f.TEXT, 1.1010519491231e17, "ledger.damaged_number", "丢失"),
        (f.PERSON, 110105194912310020, "ledger.damaged_number", "文本"),
        (f.PERSON, "1.10105E+17", "ledger.damaged_number", "文本"),
        (f.PERSON, "110105194912310021", "ledger.bad_resident_id", "第18位校验码"),
        (f.CARD, "6222021234567890127", "ledger.bad_bank_card", "应为“8”"),
        (f.CARD, 6222021234567890128, "ledger.damaged_number", "文本"),
        (f.UNIT_CODE, "440106001002KB00003F00010001", "ledger.bad_unit_code", "第13位“K”"),
        (f.PROJECT, "2113-440106-04-01-123456", "ledger.bad_project_code", "月份"),
        (f.CODE, "9135O100M000100Y43", "ledger.bad_credit_code", "第5位“O”"),
        (f.PHONE, "1380013800", "ledger.bad_phone", "现有10位"),
        (f.REGION, "9901211", "ledger.not_a_region", "不是区划代码"),
        (f.PAPER, "表.pdf", "ledger.not_an_attachment", "上传"),
    ],
)
def test_refused_with_what_to_do(field: Field, written: object, code: str, said: str) -> None:
    with pytest.raises(AnjuError) as refusal:
        values.parse_value(field, written)
    problem = refusal.value.problems[0]
    assert problem.code == code
    assert said in problem.what + problem.advice
    assert problem.advice


def test_a_credit_code_off_the_standard_may_be_confirmed() -> None:
    value, fault = read_cell(f.CODE, "91350211M0000XUF46")
    assert value == "91350211M0000XUF46"
    assert fault is not None
    assert fault.level == "confirm"


def test_the_header_decides_the_unit_of_bare_numbers() -> None:
    assert values.parse_value(f.AMOUNT, "24", unit="万元") == 24000000
    assert values.parse_value(f.AREA, "1", unit="亩") == Decimal("666.67")
    with pytest.raises(AnjuError, match="ledger.unit_mismatch"):
        values.usable_unit(f.AMOUNT, "㎡")


@pytest.mark.parametrize(
    ("field", "value", "shown"),
    [
        (f.AMOUNT, 123450, "1,234.50"),
        (f.WAN, 24000000, "24.00"),
        (f.WAN, 24000050, "24.00005"),
        (f.AREA, Decimal("504105.35"), "504,105.35"),
        (f.LAND, Decimal("2000.00"), "3.00"),
        (f.STATE, "filed", "已备案"),
        (f.DAY, D(2023, 6, 30), "2023-06-30"),
        (f.MONTH, D(2023, 6, 1), "2023-06"),
        (f.PERSON, "11010519491231002X", "110105********002X"),
        (f.CARD, "6222021234567890128", "***************0128"),
        (f.UNIT_CODE, "440106001002GB00003F00010001", "440106 001002 GB00003 F00010001"),
        (f.PHONE, "13800138000", "138****8000"),
        (f.TEXT, None, ""),
    ],
)
def test_shown(field: Field, value: object, shown: str) -> None:
    assert values.show(field, value) == shown
