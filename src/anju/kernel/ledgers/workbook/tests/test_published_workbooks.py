"""Real published workbooks keep their headers where the reader looks."""

from __future__ import annotations

from pathlib import Path

import pytest

from anju.kernel.ledgers.workbook import Wanted, read_workbook

SHARED = Path(__file__).resolve().parents[7] / "shared" / "data"

pytestmark = [pytest.mark.shared, pytest.mark.skipif(not SHARED.is_dir(), reason="no reference material beside the project")]


def test_reference_prices_of_shenzhen() -> None:
    wanted = [
        Wanted("district", ("行政区",), required=True),
        Wanted("estate", ("小区名称",), required=True),
        Wanted("price", ("成交参考价格",), number=True),
    ]
    reading = read_workbook(SHARED / "shenzhen_reference_price" / "reference_price_2021.xlsx", wanted)
    assert reading.header.bottom == 1
    assert reading.height == 3595
    assert reading.tables[0].frame.row(0) == ("罗湖", "安业花园", "45000")


def test_presale_units_in_the_old_format() -> None:
    wanted = [
        Wanted("building", ("楼栋",), required=True),
        Wanted("room", ("房号",)),
        Wanted("area", ("建筑面积",), unit="㎡", number=True),
    ]
    reading = read_workbook(SHARED / "shenzhen_presale_units" / "presale_units_songfeng_mingyue.xls", wanted)
    assert (reading.header.bottom, reading.height) == (0, 416)
    assert reading.tables[0].frame.row(0) == ("松风明月花园3栋", "01", "125.53")


def test_the_price_matrix_fills_its_merged_buildings() -> None:
    wanted = [Wanted("building", ("楼栋",), required=True), Wanted("floor", ("楼层",), required=True)]
    reading = read_workbook(SHARED / "shenzhen_presale_units" / "price_matrix_songfeng_mingyue.xlsx", wanted)
    assert reading.tables[0].frame["building"].null_count() == 0
    assert reading.tables[0].frame["building"].n_unique() == 3
