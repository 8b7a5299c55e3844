"""Punctuation: marks doubled or impossible together, half-width marks between Chinese characters, paragraphs without an end."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from anju.kernel.reading.checking.examined import Examined
from anju.kernel.reading.checking.finding import Finding, Severity


@dataclass(frozen=True, slots=True)
class _Fault:
    severity: Severity
    pattern: re.Pattern[str]
    what: str
    advice: str


_FAULTS = (
    _Fault("warning", re.compile(r"([，。；：、？！])\1+|[，；：、][，。；：、]+|。[，；：、]+"), "标点重复或连用", "请只留一个。"),
    _Fault("info", re.compile(r"(?<=[\u4e00-\u9fff])[,;:?!](?=[\u4e00-\u9fff])"), "汉字之间用了半角标点", "请用全角标点。"),
    _Fault("info", re.compile(r"(?<=[\u4e00-\u9fff，。；：、])[ \u3000]+(?=[\u4e00-\u9fff“])"), "汉字之间有多余的空格", "请删去空格。"),
    _Fault("info", re.compile(r"、(?=和(?![谐平睦衷解好顺美]))|、(?=等(?![级候待额效离距]))"), "“、”与“和”或“等”重复", "请删去“、”。"),
    _Fault("info", re.compile(r"(?<=\d)[~～—-](?=\d+(?:\.\d+)?%)"), "范围的前一个数没有写%", "请写成63%～68%，前后都带%。"),
)  # fmt: skip
_SPACED_TITLE = re.compile(r"[\u4e00-\u9fff](?:[ \u3000]+[\u4e00-\u9fff]){1,}")


def check_punctuation(examined: Examined) -> Iterator[Finding]:
    """style_punctuation."""
    for paragraph in examined.reading.paragraphs:
        words = paragraph.text.strip()
        if _SPACED_TITLE.fullmatch(words) or not words:
            continue
        for fault in _FAULTS:
            for match in fault.pattern.finditer(examined.text, paragraph.start, paragraph.end):
                place = (match.start(), match.end())
                if fault.what.startswith("汉字之间有多余") and _name_gap(examined.text, place):
                    continue
                message = f"“{examined.around(place, 6)}”：{fault.what}。"
                yield examined.finding("style_punctuation", fault.severity, message, fault.advice, spans=[place])
    yield from _ends(examined)


def _name_gap(text: str, place: tuple[int, int]) -> bool:
    """A given name of one character set apart (李　强), or wide spacing of a title."""
    start, end = place
    return bool(re.search(r"(?:^|[\s，、。])[\u4e00-\u9fff]$", text[max(0, start - 2) : start])) or end - start > 2


def _ends(examined: Examined) -> Iterator[Finding]:
    """A paragraph of running text that ends with a comma, when another paragraph that begins a heading follows."""
    paragraphs = examined.reading.paragraphs
    headed = {heading.start for heading in examined.reading.headings}
    for current, following in itertools.pairwise(paragraphs):
        words = current.text.rstrip()
        if len(words) < 20 or not (following.start in headed or following.start + _lead(following.text) in headed):
            continue
        place = (current.start + len(words) - 1, current.start + len(words))
        if words[-1] in "，、":
            message = f"“{examined.around(place, 10)}”：一段话以“{words[-1]}”结尾，后面就是新的标题。"
            yield examined.finding("style_punctuation", "warning", message, "请核对这段话是否残缺，或改为句号。", spans=[place])
        elif words[-1] == "；" and words.count("；") == 1 + words[:-1].count("；") and "。" in words:
            message = f"“{examined.around(place, 10)}”：一段话以分号结尾，后面就是新的标题。"
            yield examined.finding("style_punctuation", "info", message, "请改为句号。", spans=[place])


def _lead(text: str) -> int:
    return len(text) - len(text.lstrip())
