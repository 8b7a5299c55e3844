"""Files under ANJU_HOME/indicators are part of the catalogue as soon as they are written; a wrong one is refused, not left out."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from anju.kernel.errors import AnjuError
from anju.kernel.figures.catalogue import all_indicators, indicator

OWN = """own.judicial_replies:
  name: 司法机关查询件数
  unit: 件
  fact: record_query
  count: rows
  where: {requester_kind: [police, procuratorate, court]}
  by: queried_on
  source: 住房信息查询登记
  meaning: 报告期内司法机关来函件数。
"""


def write(path: Path, text: str, second: int) -> None:
    path.write_text(text, encoding="utf-8")
    os.utime(path, (second, second))


def test_an_own_indicator_joins_and_follows_its_file(own_home: Path) -> None:
    folder = own_home / "indicators"
    folder.mkdir()
    assert "own.judicial_replies" not in all_indicators()
    write(folder / "judicial.yaml", OWN, 1)
    assert indicator("own.judicial_replies").where_place == "indicators/judicial.yaml:1"
    write(folder / "judicial.yaml", OWN.replace("unit: 件", "unit: 份"), 2)
    assert indicator("own.judicial_replies").unit.name == "份"


def test_a_wrong_file_stops_everything_and_says_where(own_home: Path) -> None:
    folder = own_home / "indicators"
    folder.mkdir()
    write(folder / "judicial.yaml", OWN.replace("court]", "temple]"), 3)
    with pytest.raises(AnjuError) as refused:
        all_indicators()
    assert [(problem.code, problem.where) for problem in refused.value.problems] == [("figures.bad_literal", "indicators/judicial.yaml:6")]
