"""What stands in for 楷体_GB2312 is a 楷体 whenever one is installed, and never the plain 宋体 that comes last in its list."""

from __future__ import annotations

import pytest

from anju.kernel.reports.fonts import SUBSTITUTES, standings


@pytest.mark.office
def test_an_installed_kai_is_taken_before_the_last_resort() -> None:
    standing = next(each for each in standings() if each.wanted == "楷体_GB2312")
    assert standing.family in SUBSTITUTES["楷体_GB2312"]
    assert standing.family != "Noto Serif CJK SC"
