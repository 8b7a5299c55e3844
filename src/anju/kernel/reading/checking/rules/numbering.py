"""Numbers of headings and of run-ins: skipped, repeated, of mixed brackets, or of a skipped level."""

from __future__ import annotations

import re
from collections.abc import Iterator

from anju.kernel.quantities.text import chinese_number
from anju.kernel.reading.checking.examined import Examined
from anju.kernel.reading.checking.finding import Finding, Severity
from anju.kernel.reading.figure import Heading
from anju.kernel.reading.numerals import chinese

_ORDER = re.compile(r"[一二三四五六七八九十百]+|\d+")
TOP, BRACKETED, DOTTED, RUN_IN = 1, 2, 3, 6


def check_numbering(examined: Examined) -> Iterator[Finding]:
    """style_numbering: 一、 then 三、; （一） beside (二); 一、 directly above 1. (GB/T 9704-2012, 7.3.3)."""
    last: dict[int, tuple[int, Heading]] = {}
    for heading in examined.reading.headings:
        order = _order(heading.number)
        if order is None:
            continue
        for deeper in [level for level in last if level > heading.level]:
            del last[deeper]
        before = last.get(heading.level)
        expected = before[0] + 1 if before else 1
        if heading.level == RUN_IN:
            if before is not None and _run_in_fault(examined, before, heading, order):
                yield _skipped(examined, heading, before[1], order, expected)
        elif order != expected and order != 1 and before is not None:
            yield _skipped(examined, heading, before[1], order, expected)
        elif order not in (expected, 1) and before is None and heading.level in (TOP, BRACKETED):
            yield _finding(examined, "warning", f"“{heading.number}{heading.title}”前面没有第一项。", "请核对序号。", heading)
        last[heading.level] = (order, heading)
    yield from _mixed_brackets(examined)
    yield from _skipped_level(examined)


def _run_in_fault(examined: Examined, before: tuple[int, Heading], heading: Heading, order: int) -> bool:
    """一是 then 三是, or 二是 twice, in one paragraph. The ones between may stand inside a sentence (，二是)."""
    between = examined.text[before[1].end : heading.start]
    if "\n" in between or before[1].number[-1:] != heading.number[-1:]:
        return False
    missing = range(before[0] + 1, order)
    return order == before[0] or (
        order > before[0] + 1
        and not any(re.search(rf"{chinese_number(each)}[是要、，]|第{chinese_number(each)}", between) for each in missing)
    )


def _order(number: str) -> int | None:
    match = _ORDER.search(number)
    if match is None:
        return None
    value = int(match[0]) if match[0].isdigit() else chinese(match[0])
    return None if value is None else int(value)


def _skipped(examined: Examined, heading: Heading, before: Heading, order: int, expected: int) -> Finding:
    fault = "重复" if order == expected - 1 else "不连续"
    message = f"序号{fault}：“{before.number}{before.title}”之后是“{heading.number}{heading.title}”。"
    want = str(expected) if heading.number[:1].isdigit() or heading.number[1:2].isdigit() else chinese_number(expected)
    return _finding(examined, "warning", message, f"请核对是否漏了一项，或把序号改为{want}。", before, heading)


def _mixed_brackets(examined: Examined) -> Iterator[Finding]:
    second = [heading for heading in examined.reading.headings if heading.level == BRACKETED]
    half = [heading for heading in second if examined.text[heading.start] == "("]
    if half and len(half) < len(second):
        message = f"标题序号的括号{len(half)}处用半角、{len(second) - len(half)}处用全角。"
        yield _finding(examined, "info", message, "请统一用全角括号（一）。", *half[:8])


def _skipped_level(examined: Examined) -> Iterator[Finding]:
    levels = {heading.level for heading in examined.reading.headings}
    if TOP in levels and DOTTED in levels and BRACKETED not in levels:
        dotted = [heading for heading in examined.reading.headings if heading.level == DOTTED]
        message = "标题从“一、”直接到“1.”，中间少了“（一）”一级。"
        yield _finding(examined, "info", message, "GB/T 9704-2012的次序是一、（一）1.（1）；只有两级时通常用（一）。", dotted[0])


def _finding(examined: Examined, severity: Severity, message: str, advice: str, *headings: Heading) -> Finding:
    spans = [(heading.start, heading.start + len(heading.number)) for heading in headings]
    return examined.finding("style_numbering", severity, message, advice, spans=spans)
