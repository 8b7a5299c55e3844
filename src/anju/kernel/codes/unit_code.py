"""Real-estate unit code (不动产单元代码), GB/T 37346-2019: 28 characters in seven layers, without a check character."""

from __future__ import annotations

import re

from anju.kernel.codes.faults import Fault, narrow
from anju.kernel.codes.parts import Part, cut, first_not_digit

SHAPE = re.compile(r"\d{12}[GJZ][ABSXCDEFGHLNWY]\d{5}(?:[FLQ]\d{8}|W0{8})", re.ASCII)
LENGTH = 28
OWNERSHIP = {"G": "国家土地所有权", "J": "集体土地所有权", "Z": "土地所有权未确定"}
PARCELS = {
    "A": "集体土地所有权宗地", "B": "建设用地使用权宗地（地表）", "S": "建设用地使用权宗地（地上）", "X": "建设用地使用权宗地（地下）",
    "C": "宅基地使用权宗地", "D": "土地承包经营权宗地（耕地）", "E": "土地承包经营权宗地（林地）", "F": "土地承包经营权宗地（草地）",
    "G": "无居民海岛", "H": "海域", "L": "林地使用权宗地", "N": "农用地使用权宗地", "W": "使用权未确定", "Y": "其他",
}  # fmt: skip
FIXTURES = {"F": "房屋等建筑物、构筑物", "L": "森林或林木", "Q": "其他定着物", "W": "无定着物"}


def normalise(text: str) -> str:
    """Half-width, in capitals, without the blanks between the groups."""
    return narrow(text)


def grouped(code: str) -> str:
    """As registries print it, 6-6-7-9: 440106 001002 GB00003 F00010001."""
    return " ".join(text for _first, _last, text in cut(code, 6, 6, 7, 9))


def fault(code: str) -> Fault | None:
    """What is wrong with a normalised code, naming the character; None when nothing is."""
    if len(code) != LENGTH:
        return Fault(f"不动产单元代码应为28位，现有{len(code)}位。", "请对照不动产权证书补全或删去多余的字符；可以带空格。")
    wrong = first_not_digit(code, 12)
    if wrong:
        return Fault(f"第{wrong[0]}位“{wrong[1]}”应为数字。", "第1至12位是区划、地籍区和地籍子区。")
    for place, letters, what in ((13, OWNERSHIP, "土地所有权类型"), (14, PARCELS, "宗地特征码"), (20, FIXTURES, "定着物特征码")):
        if code[place - 1] not in letters:
            return Fault(f"第{place}位“{code[place - 1]}”不是{what}。", f"可用：{'、'.join(letters)}。")
    for first, last in ((15, 19), (21, 28)):
        wrong = first_not_digit(code[first - 1 : last])
        if wrong:
            return Fault(f"第{first + wrong[0] - 1}位“{wrong[1]}”应为数字。", "请对照不动产权证书；字母O多半是数字0。")
    if code[19] == "W" and code[20:] != "00000000":
        return Fault(f"第21至28位“{code[20:]}”应全为0。", "第20位为W（无定着物）的，后8位是00000000。")
    return None


def parcel(code: str) -> str:
    """The parcel (宗地代码) the unit lies on: the first 19 characters."""
    return code[:19]


def explain(code: str) -> list[Part]:
    """What each layer of a faultless code says."""
    region, district, subdistrict, kind, parcel_no, fixture, number = cut(code, 6, 3, 3, 2, 5, 1, 8)
    owner, use = OWNERSHIP.get(kind[2][0], ""), PARCELS.get(kind[2][1], "")
    return [
        Part(*region, "县级区划代码"),
        Part(*district, "地籍区"),
        Part(*subdistrict, "地籍子区"),
        Part(*kind, "宗地特征码", f"{owner}，{use}"),
        Part(*parcel_no, "宗地顺序号"),
        Part(*fixture, "定着物特征码", FIXTURES.get(fixture[2], "")),
        Part(*number, "定着物单元号", f"幢号{number[2][:4]}，户号{number[2][4:]}" if fixture[2] == "F" else ""),
    ]
