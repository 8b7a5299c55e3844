"""Cells of such workbooks: numbers, floors, buildings with their entrance, rooms and uses as offices write them."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from anju.domains.property.models import Unit

_NUMBER = re.compile(r"-?\d{1,12}(\.\d+)?")
_ENTRANCE = re.compile(r"^(.{0,60}?[栋幢#号座楼])?\s*-?\s*([0-9一二三四五六七八九十]{1,3}单元|[A-Z]单元)$")
_FLOOR = re.compile(r"^(?P<below>B|地下|负|-)?(?P<number>\d{1,3})(层|F)?$", re.IGNORECASE)
_USES = (
    (Unit.Use.PARKING, ("车位", "车库", "停车")),
    (Unit.Use.STORAGE, ("储藏", "储物", "地下室", "杂物")),
    (Unit.Use.OFFICE, ("办公", "写字楼")),
    (Unit.Use.COMMERCIAL, ("商业", "商铺", "门面", "商服", "营业")),
    (Unit.Use.RESIDENTIAL, ("住宅", "公寓", "别墅", "住房")),
)


def half(text: str) -> str:
    """Half-width, without blanks around."""
    return unicodedata.normalize("NFKC", text).strip()


def number(text: str) -> Decimal | None:
    """An exact number, thousands separators allowed; None for anything else."""
    plain = half(text).replace(",", "").removesuffix("㎡").removesuffix("m2").strip()
    return Decimal(plain) if _NUMBER.fullmatch(plain) else None


def floor_of(text: str) -> int | None:
    """`31`, `31层`, `B1`, `地下1层` and `-1`; None for anything else, also for floor 0."""
    found = _FLOOR.match(half(text))
    if found is None:
        return None
    value = int(found["number"])
    return (-value if found["below"] else value) or None


def building_and_entrance(text: str) -> tuple[str, str]:
    """`松风花园3栋1单元` is 松风花园3栋 and 1单元; a text without entrance keeps it empty."""
    plain = half(text).rstrip("-—–").rstrip()  # 6栋--: a building with one entrance, as systems export it
    found = _ENTRANCE.match(plain)
    if found is None:
        return plain, ""
    return (found[1] or "").strip(), found[2]


def entrance_of(text: str) -> str:
    """The entrance; a dash or 无 says that the building has only one."""
    plain = half(text)
    return "" if plain.strip("-—–/无") == "" else plain


def room_of(text: str) -> str:
    """Room numbers of one digit get the zero they are written with on doors: 1 is 01."""
    plain = half(text).removesuffix("室").removesuffix("号").strip()
    return plain.zfill(2) if plain.isdigit() else plain


def use_of(text: str) -> str:
    """A use from free text: the first class one of whose words it names, residential when nothing is written."""
    plain = half(text)
    if not plain:
        return Unit.Use.RESIDENTIAL
    return next((use for use, words in _USES if any(word in plain for word in words)), Unit.Use.OTHER)
