"""Places a text names: 全县, 市区, 我市, and the provinces, cities and counties of the administrative divisions."""

from __future__ import annotations

import csv
import gzip
import re
from functools import lru_cache
from importlib.resources import files
from typing import Literal

Level = Literal["nation", "province", "city", "county", "town", "urban", "rural"]
GENERAL = re.compile(
    r"全国|全省|全市|全县|全区|全州|全盟|全旗|全镇|全乡|全域|[我本][省市县区州旗镇乡局]|市本级|县本级|区本级|省级|市级|县级|县区|各县区|市、县区|市区|中心城区|主城区|县城区|县城"
    r"|(?<!保障性)(?<!更新)城区|(?<!新型)农村|(?<!新型)城镇(?!化|污|老旧|棚|燃|新|危|低|居|基)|城乡(?!规划|建设局|面貌|融合|统筹|环境)"
)
_ENDING = re.compile(r"[省市县区旗州盟]")
_LONGEST = 11


@lru_cache(maxsize=1)
def _divisions() -> dict[str, Level]:
    found: dict[str, Level] = {}
    levels: tuple[tuple[str, Level], ...] = (("counties", "county"), ("cities", "city"), ("provinces", "province"))
    for name, level in levels:
        packed = files("anju.kernel.orgs").joinpath("data", f"{name}.csv.gz").read_bytes()
        for line in csv.DictReader(gzip.decompress(packed).decode("utf-8").splitlines()):
            if len(line["name"]) >= 3:
                found[line["name"]] = level
    return found


def last_place(words: str) -> str:
    """The last place named in these words, or ""."""
    best = (-1, "")
    for match in GENERAL.finditer(words):
        best = (match.start(), match.group())
    for match in _ENDING.finditer(words):
        for length in range(min(_LONGEST, match.end()), 2, -1):
            name = words[match.end() - length : match.end()]
            if name in _divisions():
                if match.end() - length >= best[0]:
                    best = (match.end() - length, name)
                break
    return best[1]


def level_of(place: str) -> Level | None:
    """The administrative level a place name speaks of: county for 全县 and 东明县, nation for 全国; None when it says none."""
    if place in _divisions():
        return _divisions()[place]
    marks: tuple[tuple[str, Level], ...] = (
        ("国", "nation"), ("省", "province"), ("州", "city"), ("盟", "city"), ("县区", "county"), ("市区", "urban"), ("城", "urban"),
        ("农村", "rural"), ("市", "city"), ("县", "county"), ("旗", "county"), ("区", "county"), ("镇", "town"), ("乡", "town"),
    )  # fmt: skip
    return next((level for mark, level in marks if mark in place), None)
