"""A text with its choices as a template in the language of kernel.reports: slots, and year, period and place as variables."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import yaml

from anju.kernel.errors import AnjuError
from anju.kernel.figures.indicators import Indicator
from anju.kernel.figures.periods import Period
from anju.kernel.reading.figure import Date, Reading
from anju.kernel.reading.templating.choices import Choice, key_of
from anju.kernel.reading.templating.slots import SlotText, slot_of
from anju.kernel.reports.template import Template, parse_template
from anju.kernel.reports.validation import check_template

TITLE_MOST = 60
_UP = ("增长", "上升", "提高", "上涨")
_DOWN = ("下降", "降低", "减少", "下跌")
_SENTENCE = re.compile(r"[。；！？]")


@dataclass(frozen=True, slots=True)
class Written:
    """A template's file text; `slots`: per figure index the slot written for it; `title`: as the head has it."""

    text: str
    title: str
    slots: Mapping[int, str]


def write_template(
    reading: Reading, choices: Sequence[Choice], indicators: Mapping[str, Indicator], *, name: str, places: Mapping[str, str] | None = None
) -> Written:
    """The template of a text. `places`: words to make variables of, e.g. {"东明县": "地区", "东明县房产服务中心": "单位"}."""
    pieces: list[SlotText] = []
    slots: dict[int, str] = {}
    for choice in choices:
        if choice.reference and key_of(choice.reference) in indicators:
            figure = reading.figures[choice.figure]
            piece = slot_of(reading, figure, choice.reference, indicators[key_of(choice.reference)])
            pieces.append(piece)
            slots[choice.figure] = piece.slot
    pieces += _dates(reading)
    pieces += [
        piece
        for word, variable in sorted((places or {}).items(), key=lambda item: -len(item[0]))
        for piece in _words(reading, word, variable)
    ]
    body = _replaced(reading.text, pieces)
    title, body = _title(body)
    head = {
        "name": name,
        "title": title,
        "version": 1,
        "periods": [reading.period.kind if reading.period is not None else "year"],
        "growth": _growth(reading.text),
    }
    written = "---\n" + yaml.safe_dump(head, allow_unicode=True, sort_keys=False, default_flow_style=None) + "---\n" + body.strip() + "\n"
    return Written(written, title, slots)


def parsed(written: Written, name: str) -> Template:
    """The template, read and checked as any other. Raises AnjuError with every mistake."""
    template = parse_template(written.text, name=f"{name}.txt", stem=name, slice_name="own")
    problems = check_template(template)
    if problems:
        raise AnjuError(problems)
    return template


def _replaced(text: str, pieces: list[SlotText]) -> str:
    out, at = [], 0
    for piece in sorted(pieces, key=lambda each: (each.start, -each.end)):
        if piece.start < at:
            continue
        out += [_escaped(text[at : piece.start]), piece.slot]
        at = piece.end
    return "".join([*out, _escaped(text[at:])])


def _escaped(words: str) -> str:
    return words.replace("{", "{{").replace("}", "}}")


def _dates(reading: Reading) -> list[SlotText]:
    if reading.period is None:
        return []
    return [piece for date in reading.dates if (piece := _date(reading, date, reading.period)) is not None]


def _date(reading: Reading, date: Date, report: Period) -> SlotText | None:
    """The report's own period, its end, its year and the year before become variables; other dates stay."""
    cut_off = reading.text[max(date.start - 2, 0) : date.start] in ("截至", "截止") or date.text.endswith(("底", "末"))
    if date.period is None:
        return None
    if cut_off and date.period.end == report.end:
        return SlotText(date.start, date.end, "{期末}")
    if date.period == report and date.year_printed:
        tail = "度" if date.text.endswith("年度") else ""
        return SlotText(date.start, date.end, ("{年}年" + tail) if report.kind == "year" else "{期间}")
    if date.period == report and date.text in (report.label.removeprefix(f"{report.end.year}年"), "全年"):
        return SlotText(date.start, date.end, "{本期}")
    if not date.year_printed:
        return _quarter(date, report)
    for year, variable in ((report.end.year, "{年}"), (report.end.year - 1, "{去年}")):
        if date.text.startswith(str(year)):
            return SlotText(date.start, date.start + 4, variable)
    return None


def _quarter(date: Date, report: Period) -> SlotText | None:
    for number, variable in ((1, "{首季}"), (2, "{次季}")):
        if report.kind != "quarter" and date.period == report.nth(number, "Q") and report.nth(2, "Q") is not None and report.kind == "half":
            return SlotText(date.start, date.end, variable)
    return None


def _words(reading: Reading, word: str, variable: str) -> list[SlotText]:
    return [SlotText(match.start(), match.end(), "{" + variable + "}") for match in re.finditer(re.escape(word), reading.text)]


def _title(body: str) -> tuple[str, str]:
    """The first line when it is short and no sentence; otherwise a title made of variables."""
    first, _, rest = body.strip().partition("\n")
    if len(first) <= TITLE_MOST and not _SENTENCE.search(first) and "|" not in first:
        return first.strip(), rest
    return "{单位}{期间}工作情况报告", body


def _growth(text: str) -> list[str]:
    counts = Counter({word: text.count(word) for word in (*_UP, *_DOWN)})
    return [max(_UP, key=lambda word: counts[word]), max(_DOWN, key=lambda word: counts[word])]
