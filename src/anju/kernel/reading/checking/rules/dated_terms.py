"""Instruments, meetings and names that do not exist in the year of the report, or no longer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib.resources import files

import yaml

from anju.kernel.reading.checking.examined import Examined
from anju.kernel.reading.checking.finding import Finding, Severity

_PAST = re.compile(r"不再|停止|曾|去年|前年|上年|当年|以来$")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?=年)")


@dataclass(frozen=True, slots=True)
class DatedTerm:
    """`pattern` may be used as current from `first` to `last`, both inclusive."""

    pattern: re.Pattern[str]
    first: date
    last: date
    severity: Severity
    advice: str
    source: str


@lru_cache(maxsize=1)
def dated_terms() -> tuple[DatedTerm, ...]:
    """The terms of `data/dated_terms.yaml`."""
    written = files("anju.kernel.reading.checking").joinpath("data/dated_terms.yaml").read_text(encoding="utf-8")
    return tuple(
        DatedTerm(
            re.compile(entry["term"]),
            entry.get("from", date.min),
            entry.get("to", date.max),
            entry["severity"],
            entry["advice"],
            entry["source"],
        )
        for entry in yaml.safe_load(written)
    )


def check_dated_terms(examined: Examined) -> Iterator[Finding]:
    """impossible_date: 抗疫特别国债 in a report of 2022. A sentence that itself names a fitting year is history and not accused."""
    period = examined.reading.period
    if period is None:
        return
    for term in dated_terms():
        if term.first <= period.end and period.start <= term.last:
            continue
        for match in term.pattern.finditer(examined.text):
            if _history(examined, match.start(), term):
                continue
            place = (match.start(), match.end())
            what = "那时还没有" if period.end < term.first else "已不是那时的事物或说法"
            message = f"报告期是{period.label}，“{match[0]}”{what}。"
            yield examined.finding("impossible_date", term.severity, message, f"{term.advice}（{term.source}）", spans=[place])


def _history(examined: Examined, at: int, term: DatedTerm) -> bool:
    """The sentence names a year in which the term was right, or the term is part of a title."""
    sentence = examined.sentence_at(at)
    words = examined.text[sentence[0] : at]
    years = [int(year) for year in _YEAR.findall(words)]
    if _PAST.search(words[-20:]):
        return True
    return bool(years and term.first.year <= years[-1] <= term.last.year) or words.count("《") > words.count("》")
