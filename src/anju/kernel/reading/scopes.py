"""The place and time a figure speaks of: named in its clause, its sentence, or holding for the whole report."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

from anju.kernel.figures.periods import Period
from anju.kernel.reading.figure import Date, Scope, Sentence
from anju.kernel.reading.layout import Layout
from anju.kernel.reading.places import last_place

_CUT_OFF = re.compile(r"截[至止到]?(?:至|到)?$")
_SO_FAR = re.compile(r"截[至止]?(目前|今|现在|发稿)|迄今|至今")
_BY = re.compile(r"^(?:底|末)?(?:前|之前|以前)")
_YEAR = re.compile(r"(?:19|20)\d\d(?=年)")
_SEMICOLON = re.compile("[；;]")
_WORDS, _FARTHEST = 80, 600


class Scopes:
    """Answers for one text; looks only at the dates of the sentence."""

    def __init__(self, layout: Layout, dates: tuple[Date, ...], report: Period | None) -> None:
        self._layout = layout
        self._dates = dates
        self._starts = [date.start for date in dates]
        self._report = report

    def of(self, offset: int, sentence: Sentence) -> Scope:
        """The scope of a figure at `offset`: the last period and cut-off said before it in its sentence."""
        normal = self._layout.normal
        period: Date | None = None
        cut_off: Date | None = None
        begin = max(sentence.start, offset - _FARTHEST)
        for date in self._dates[bisect_left(self._starts, begin) : bisect_right(self._starts, offset)]:
            if _CUT_OFF.search(normal, max(date.start - 3, 0), date.start):
                cut_off = date
            elif date.period is not None and self._holds(date, offset):
                period = date
        so_far = _SO_FAR.search(normal, begin, offset)
        start = max(sentence.start, offset - _WORDS)
        clause = self._layout.clause(self._layout.clause_at(offset))[0]
        return Scope(
            place=last_place(normal[max(clause, start) : offset]) or last_place(normal[start:offset]),
            period_text=period.text if period is not None else "",
            cut_off_text=cut_off.text if cut_off is not None else (so_far.group() if so_far is not None else ""),
            period=period.period if period is not None else (self._report if cut_off is None else None),
            cut_off=cut_off.period if cut_off is not None else None,
        )

    def _holds(self, date: Date, offset: int) -> bool:
        """Whether a period still holds at `offset`: 年底 and 年初 are moments, and a quarter ends with its semicolon."""
        normal = self._layout.normal
        if date.text.endswith(("底", "末", "初")) or normal.startswith("同期", date.end):
            return False
        narrow = date.period is not None and date.period.kind in ("quarter", "month")
        return not narrow or not _SEMICOLON.search(normal, date.end, offset)

    def is_later(self, scope: Scope, headings: tuple[str, ...]) -> bool:
        """Whether the time named, in the sentence or in a heading above it, lies behind the report's own: what is said of it is an aim."""
        if self._report is None:
            return False
        named = scope.period_text != "" and scope.period is not None and scope.period.end.year > self._report.end.year
        years = [int(year) for title in headings for year in _YEAR.findall(title)]
        return named or (bool(years) and min(years) > self._report.end.year)
