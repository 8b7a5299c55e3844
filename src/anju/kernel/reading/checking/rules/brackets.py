"""Quotes and brackets that do not close, or close with another kind."""

from __future__ import annotations

import re
from collections.abc import Iterator

from anju.kernel.reading.checking.examined import Examined
from anju.kernel.reading.checking.finding import Finding

_PAIRS = {"“": "”", "‘": "’", "《": "》", "〈": "〉", "（": "）", "(": ")", "【": "】", "〔": "〕", "[": "]", "「": "」"}
_CLOSING = {closing: opening for opening, closing in _PAIRS.items()}
_SAME_SHAPE = {"（": "(", "）": ")"}
_MARK = re.compile("[" + re.escape("".join((*_PAIRS, *_CLOSING))) + "]")
_NUMBERED = re.compile(r"(?:^|[\n。；;：，、\s])[\d一二三四五六七八九十]{1,3}$")
DEPTH = 64


def check_brackets(examined: Examined) -> Iterator[Finding]:
    """style_bracket: in each paragraph, every quote and bracket closes with its own kind."""
    for paragraph in examined.reading.paragraphs:
        yield from _paragraph(examined, paragraph.start, paragraph.end)


def _paragraph(examined: Examined, start: int, end: int) -> Iterator[Finding]:
    text, open_marks = examined.text, list[int]()
    for match in _MARK.finditer(text, start, end):
        mark, at = match[0], match.start()
        if mark in _PAIRS:
            if len(open_marks) < DEPTH:
                open_marks.append(at)
        elif open_marks and _alike(text[open_marks[-1]], _CLOSING[mark]):
            opened = open_marks.pop()
            if text[opened] != _CLOSING[mark]:
                yield _finding(examined, opened, at, "全角括号和半角括号配成了一对", "请两边都用全角括号（）。")
        elif open_marks and any(_alike(text[place], _CLOSING[mark]) for place in open_marks):
            while not _alike(text[open_marks[-1]], _CLOSING[mark]):
                yield _unclosed(examined, open_marks.pop())
            open_marks.pop()
        elif not (mark in ")）" and _NUMBERED.search(text[max(start, at - 4) : at])):
            yield _finding(examined, at, at, f"“{mark}”没有对应的“{_CLOSING[mark]}”", "请补上或删去。")
    for place in open_marks:
        yield _unclosed(examined, place)


def _alike(one: str, other: str) -> bool:
    return _SAME_SHAPE.get(one, one) == _SAME_SHAPE.get(other, other)


def _unclosed(examined: Examined, place: int) -> Finding:
    return _finding(examined, place, place, f"“{examined.text[place]}”没有合上", f"请补上“{_PAIRS[examined.text[place]]}”。")


def _finding(examined: Examined, first: int, last: int, what: str, advice: str) -> Finding:
    places = [(first, first + 1)] if first == last else [(first, first + 1), (last, last + 1)]
    around = examined.around((first, last + 1)) if last - first < 40 else examined.around((first, first + 1))
    return examined.finding("style_bracket", "warning", f"“{around}”：{what}。", advice, spans=places)
