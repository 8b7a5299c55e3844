"""An indicator that was edited without a new version: verifying an earlier report says so in plain words."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from anju.kernel.figures import catalogue
from anju.kernel.reports.docx import write_docx
from anju.kernel.reports.freezing import freeze
from anju.kernel.reports.tests.conftest import County
from anju.kernel.reports.verify import verify

BODY = "全县销售{sample.count}，销售额{sample.amount|万元}。"
PLAIN = "sample.count:\n  {name: 销售套数, unit: 套, fact: sample_sale, count: rows, by: filed_on"


@contextmanager
def edited(old: str, new: str) -> Iterator[None]:
    file = Path(os.environ["ANJU_HOME"]) / "indicators" / "sample.yaml"
    before = file.read_text(encoding="utf-8")
    assert old in before
    file.write_text(before.replace(old, new, 1), encoding="utf-8")
    catalogue.reload()
    try:
        yield
    finally:
        file.write_text(before, encoding="utf-8")
        catalogue.reload()


@pytest.mark.parametrize("frozen", [True, False], ids=["frozen", "draft"])
def test_an_edit_without_a_new_version_is_said(county: County, tmp_path: Path, frozen: bool) -> None:
    county.sell(3)
    county.sell(1, use="shop")
    built = county.report(BODY)
    path = tmp_path / "report.docx"
    write_docx(freeze(built, by=county.by) if frozen else built, path)
    with edited(PLAIN, f"{PLAIN}, where: {{use: home}}"):
        (found,) = verify(path, by=county.by).alterations
    assert found.kind == "figure_not_reproduced"
    assert "销售套数4套：按快照重新计算得3套（精确值3），与所记的4不同；快照里的记录没有变" in found.message
    assert "仍标第1版，可见指标的定义在这之后改过而没有升版" in found.message
    assert verify(path, by=county.by).ok


def test_a_new_version_is_said_to_be_one(county: County, tmp_path: Path) -> None:
    county.sell(3)
    path = tmp_path / "report.docx"
    write_docx(freeze(county.report(BODY), by=county.by), path)
    with edited(PLAIN, f"{PLAIN}, version: 2"):
        (found,) = verify(path, by=county.by).alterations
    assert "指标定义已是第2版，定稿时是第1版" in found.message
    assert "没有升版" not in found.message
