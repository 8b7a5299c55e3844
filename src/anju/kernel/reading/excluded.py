"""Stretches of a text that hold digits or numerals but no figure: names, quotations, document numbers, telephones, fixed expressions."""

from __future__ import annotations

import re
from functools import lru_cache

from anju.kernel.reading.layout import RUN_IN_LEVEL, Layout
from anju.kernel.reading.words import word_list

_N = "一二三四五六七八九十百〇零两"
DOCUMENT_NUMBER = re.compile(
    r"[\u4e00-\u9fff]{0,8}?[〔【\[(﹝]\s?(?:19|20|\*\*)[\d*]{2}\s?[〕】\])﹞]\s?第?\s?[\d*]{1,5}\s?号?"
    r"|(?:第|总第)\s?[\d*]{1,6}\s?号|(?<!\d)\d{4}年第\d{1,4}号"
)
_PATTERNS = (
    r"《[^《》\n]{1,80}》",
    r"[“‘「『\"](?![三四五六七八九十]连[冠增降涨])[^“”’」』\"\n]{1,20}[”’」』\"]",
    r"(?<![\d.A-Za-z])[A-Za-z][A-Za-z-]{0,12}\d[A-Za-z0-9./+-]{0,30}",  # G107, PM2.5, https names
    r"(?<![\d.])\d{1,4}(?:[A-WYZ]{1,3}|[KkMm][Vv])(?:级|基站|网络|技术|智能|打印|景区)?(?![A-Za-z])",  # 5G, 4A级, 35kV
    rf"第[{_N}\d*]{{1,6}}(?!位|名(?!干部|学生)|[，。；、)）\s]|$)[\u4e00-\u9fff]",  # ordinals that are names; ranks are read before
    r"(?<![\d.])0\d{2,3}-\d{7,8}(?!\d)|(?<![\d.])1[3-9]\d{9}(?!\d)|(?<!\d)400-\d{3}-\d{4}(?!\d)|(?<!\d)\d{17}[\dXx](?!\d)",
    r"(?<![\d.])12345(?!\d)|(?<![\d.])(?:110|119|120|122|12319|12328|12333|12366|12315)(?=热线|电话|平台|指挥|报警|工单|急救|、)",
    r"[\d*]{1,4}(?:号|#)(?=[楼院线机地桥井码煤文令公泵高国省塔])|\d{1,4}(?:国道|省道|县道|路公交|路车)",
    r"(?<![\d.])\d{1,2}(?:\+\d{1,2}){1,5}(?:\+[NXn])?|(?<!\d)\d\+[NXn](?:\+[NXn])?",
    r"(?<![\d.])\d{1,4}(?:\.\d+)?(?:[:∶︰]\d{1,4}(?:\.\d+)?){1,4}(?![\d.])",
    r"(?<![\d.])\d{1,3}(?:-\d{1,3})?(?:周?岁)(?:及?以[上下])?(?=[\u4e00-\u9fff])",
    r"(?<![\d.])\d{1,4}千伏(?!安)|(?<![\d.])\d{1,2}\.\d(?:版|级)|(?<![\d.])\d{1,2}[x*]24小时|24小时(?=[\u4e00-\u9fff])(?!以内|内)",
    r"[一二三四五六七八九十两]件(?:大|要)?事(?!项|实)",
    r"[附图表注]\s?\d{1,3}(?![\d.万亿])|附件\d{1,3}|专栏\d{1,3}",
)
_CONTINUING = frozenset("0123456789.一二三四五六七八九十百千万亿零〇两余多几数")
"""A numeral before an expression: 3千万元 is no 千万, 二十四项 no 四项."""
_EXCLUDED = re.compile("|".join(_PATTERNS))


@lru_cache(maxsize=1)
def fixed_expressions() -> re.Pattern[str]:
    """Every expression of `data/fixed_expressions.txt`, longest first."""
    words = sorted(set(word_list("fixed_expressions.txt")), key=lambda word: (-len(word), word))
    return re.compile("|".join(map(re.escape, words)))


def mark_excluded(layout: Layout, taken: bytearray) -> None:
    """Set `taken` (one byte a character) wherever no figure can stand."""
    for pattern in (DOCUMENT_NUMBER, _EXCLUDED):
        for match in pattern.finditer(layout.normal):
            _take(taken, match.start(), match.end())
    for match in fixed_expressions().finditer(layout.normal):
        if layout.normal[match.start() - 1 : match.start()] not in _CONTINUING or match.start() == 0:
            _take(taken, match.start(), match.end())
    for heading in layout.headings:
        if heading.level <= RUN_IN_LEVEL:
            _take(taken, heading.start, heading.start + len(heading.number))


def _take(taken: bytearray, start: int, end: int) -> None:
    taken[start:end] = b"\x01" * (end - start)
