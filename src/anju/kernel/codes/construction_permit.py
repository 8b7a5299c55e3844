"""Number of a construction permit (施工许可证编号): 6 division + 8 date + 2 serial of the day + 2 speciality; a copy may carry a suffix."""

from __future__ import annotations

import datetime
import re

from anju.kernel.codes.faults import Fault, narrow
from anju.kernel.codes.parts import Part, cut, first_not_digit
from anju.kernel.codes.region_code import PROVINCES

LENGTH = 18
SUFFIX = re.compile(r"[A-Z]\d*", re.ASCII)
SPECIALITIES = {
    "01": "一般工业与民用建筑", "02": "冶金", "03": "煤炭", "04": "石油", "05": "化工", "06": "电力", "07": "建材", "08": "林业",
    "09": "轻纺", "10": "水利", "11": "铁路", "12": "公路", "13": "港口", "14": "航空航天", "15": "通信",
    "16": "热力燃气", "17": "给排水", "18": "市政桥梁",
    "19": "其他",
}  # fmt: skip


def normalise(text: str) -> str:
    """Half-width, in capitals, without blanks and hyphens."""
    return narrow(text).replace("-", "")


def fault(number: str, today: datetime.date) -> Fault | None:
    """What is wrong with a normalised number, naming the part; None when nothing is."""
    body, suffix = number[:LENGTH], number[LENGTH:]
    wrong = first_not_digit(body)
    if wrong:
        return Fault(f"第{wrong[0]}位“{wrong[1]}”不是数字。", "前18位只有数字；专项副本的字母写在18位之后。")
    if len(body) != LENGTH:
        return Fault(f"施工许可证编号应为18位，现有{len(body)}位。", "区划6位、日期8位、当日序号2位、专业2位。")
    if body[:2] not in PROVINCES:
        return Fault(f"第1至2位“{body[:2]}”不是省级代码。", "前6位是发证地的区划代码。")
    try:
        registered = datetime.date(int(body[6:10]), int(body[10:12]), int(body[12:14]))
    except ValueError:
        return Fault(f"第7至14位“{body[6:14]}”不是一个日期。", "这八位是项目登记日期，写成年月日。")
    if registered > today:
        return Fault(f"第7至14位“{body[6:14]}”还没有到。", "这八位是项目登记日期。")
    if body[14:16] == "00":
        return Fault("第15至16位当日序号应从01起。", "请对照证书。")
    if body[16:] not in SPECIALITIES:
        return Fault(f"第17至18位“{body[16:]}”不是专业代码。", "01至19，房屋建筑为01。")
    if suffix and not SUFFIX.fullmatch(suffix):
        return Fault(f"18位之后的“{suffix}”不成后缀。", "后缀是一个字母，可带数字，例如 S、J1。")
    return None


def explain(number: str) -> list[Part]:
    """What each part of a faultless number says."""
    region, day, serial, speciality = cut(number[:LENGTH], 6, 8, 2, 2)
    parts = [
        Part(*region, "发证地区划代码"),
        Part(*day, "项目登记日期", f"{day[2][:4]}年{int(day[2][4:6])}月{int(day[2][6:])}日"),
        Part(*serial, "当日序号"),
        Part(*speciality, "专业", SPECIALITIES.get(speciality[2], "")),
    ]
    if len(number) > LENGTH:
        parts.append(Part(LENGTH + 1, len(number), number[LENGTH:], "专项副本"))
    return parts
