"""National project code (投资项目代码): 发改投资〔2020〕1439号, GB/T 40058-2021; and the form in use before November 2020.

New: YYMM-RRRRRR-DD-TT-NNNNNC. Old: YYYY-RRRRRR-HH-TT-NNNNNN. The two never both match: 2015 to 2020 are no months of a year 20, and 2011
and 2012 (November and December 2020) are no old years. The algorithm of the new check character is not published with the rule, so the
form alone is checked; `check` may be given when the national platform is connected.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Literal

from anju.kernel.codes.faults import Fault, narrow
from anju.kernel.codes.parts import Part, cut, first_not_digit

NEW = re.compile(r"\d{2}(0[1-9]|1[0-2])-\d{6}-\d{2}-\d{2}-\d{6}", re.ASCII)
OLD = re.compile(r"(201[5-9]|2020)-\d{6}-\d{2}-0[123]-\d{6}", re.ASCII)
DEPARTMENTS = {"04": "发展改革", "07": "工业和信息化"}
TYPES = {"01": "基本建设", "02": "技术改造"}
OLD_TYPES = {"01": "审批", "02": "核准", "03": "备案"}
OLD_INDUSTRIES = {"70": "房地产业"}
_LENGTHS = (4, 6, 2, 2, 6)


def normalise(text: str) -> str:
    """Half-width, without blanks, dashes of every kind as hyphens; 20 digits without hyphens get them."""
    code = re.sub(r"[‐-―−－–—]", "-", narrow(text))
    bare = code.replace("-", "")
    if len(bare) == sum(_LENGTHS) and bare.isascii() and bare.isalnum():
        return "-".join(text for _first, _last, text in cut(bare, *_LENGTHS))
    return code


def form(code: str) -> Literal["new", "old"] | None:
    """Which form a normalised code has; None for neither."""
    if NEW.fullmatch(code):
        return "new"
    return "old" if OLD.fullmatch(code) else None


def fault(code: str, check: Callable[[str], bool] | None = None) -> Fault | None:
    """What is wrong with a normalised code, naming the part; None when nothing is."""
    if form(code):
        if check is not None and form(code) == "new" and not check(code):
            return Fault("第20位校验码不符。", "请对照项目审批监管平台的代码。", certain=False)
        return None
    bare = code.replace("-", "")
    if len(bare) != 20:
        return Fault(f"项目代码应为20位（不计连字符），现有{len(bare)}位。", "形如 2105-440106-04-01-123456。")
    wrong = first_not_digit(bare)
    if wrong:
        return Fault(f"第{wrong[0]}位“{wrong[1]}”不是数字。", "请对照备案证或平台页面。")
    if re.fullmatch(r"201[5-9]|2020", bare[:4]):
        return Fault(f"旧代码第13至14位“{bare[12:14]}”应为01、02或03。", "01审批、02核准、03备案。")
    return Fault(f"第3至4位“{bare[2:4]}”不是月份。", "新代码前4位是年月，例如2105；旧代码前4位是2015至2020。")


def explain(code: str) -> list[Part]:
    """What each part of a faultless code says; places count without hyphens."""
    time, region, body, kind, rest = cut(code.replace("-", ""), *_LENGTHS)
    if form(code) == "old":
        return [
            Part(*time, "赋码年份"),
            Part(*region, "区划代码"),
            Part(*body, "行业门类", OLD_INDUSTRIES.get(body[2], "")),
            Part(*kind, "办理方式", OLD_TYPES.get(kind[2], "")),
            Part(*rest, "流水号"),
        ]
    return [
        Part(*time, "赋码年月", f"20{time[2][:2]}年{int(time[2][2:])}月"),
        Part(*region, "区划代码"),
        Part(*body, "中央业务指导部门", DEPARTMENTS.get(body[2], "")),
        Part(*kind, "项目类型", TYPES.get(kind[2], "")),
        Part(rest[0], rest[1] - 1, rest[2][:-1], "随机码"),
        Part(rest[1], rest[1], rest[2][-1], "校验码"),
    ]
