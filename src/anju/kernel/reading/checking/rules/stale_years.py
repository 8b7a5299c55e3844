"""Years that belong to another report: deeds of a year still to come, awards of an unfinished year, cut-offs outside the period."""

from __future__ import annotations

import calendar
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

from anju.kernel.figures.periods import Period
from anju.kernel.reading.checking.examined import Examined
from anju.kernel.reading.checking.finding import Finding, Severity

_YEAR = re.compile(r"(?<![\d（(《-])(20\d\d)年(?!度?(?:计划|规划|目标|任务|预算|—|-))")
_ANY_YEAR = re.compile(r"(?<!\d)(20\d\d)(?=年)")
_BEGINS = re.compile(r"[\s\u3000]*(20\d\d)年(?:度|[上下]半年|全年|第?[一二三四]季度|1[至-]\d{1,2}月)?[，,以来]")
_DONE = re.compile(
    r"取得了?[^，。]{0,8}(?:成绩|成效|进展|突破)|完成了|做了[^，。]{0,6}工作|实现了|荣获|圆满完成|共完成|累计完成|已完成|已全部"
)
_TO_COME = re.compile(r"将|力争|预计|计划|拟|目标|争取(?!了|到)|确保|展望|新的一年|明年|今后|到20\d\d年|启动|谋划|底前|年前|建成投")
_AWARD = re.compile(r"(?:获得|荣获|获评|被评为|被授予|荣膺|评为)[^，。；《]{0,6}(20\d\d)年度")
_CUT_OFF = re.compile(r"截[至止]到?(20\d\d)年(?:(\d{1,2})月)?(?:(\d{1,2})日)?")
_OPENING = re.compile(r"(20\d\d)年(?:[上下]半年|全年|第?[一二三四]季度)?[，,](?:我[局区县市中]|全[县市区]|县|市|区|我们|在)")
_COMPARED = re.compile(r"同期|上年|去年|相比|较|比20|以来|回顾")
MORE = 3
GRACE = timedelta(days=62)
"""How long after the period a report may still give a cut-off of its own writing."""


def check_stale_years(examined: Examined) -> Iterator[Finding]:
    """stale_year, against the period of the report; silent where the report names none."""
    yield from _title_and_opening(examined)
    period = examined.reading.period
    if period is None or _doubtful(examined, period):
        return
    yield from _deeds_to_come(examined, period)
    yield from _awards(examined, period)
    yield from _cut_offs(examined, period)
    yield from _openings(examined, period)


def _doubtful(examined: Examined, period: Period) -> bool:
    """A text that speaks of another year far more often has a period that could not be told."""
    years = Counter(_ANY_YEAR.findall(examined.text))
    return bool(years) and max(years.values()) >= MORE * max(years[str(period.end.year)], 1)


def _title_and_opening(examined: Examined) -> Iterator[Finding]:
    """The year in the title against the year the text opens with."""
    paragraphs = examined.reading.paragraphs
    titled = _ANY_YEAR.findall(paragraphs[0].text) if len(paragraphs) > 1 and "。" not in paragraphs[0].text else []
    if not titled:
        return
    for paragraph in paragraphs[1:4]:
        match = _BEGINS.match(examined.text, paragraph.start, paragraph.end)
        if match is not None and match[1] not in titled:
            message = f"标题是{titled[0]}年，开头却写{match[1]}年。"
            year = paragraphs[0].start + paragraphs[0].text.index(titled[0])
            spans = [(year, year + 4), (match.start(1), match.end(1))]
            yield examined.finding("stale_year", "error", message, "请核对标题和正文的年份。", spans=spans)


def _deeds_to_come(examined: Examined, period: Period) -> Iterator[Finding]:
    for match in _YEAR.finditer(examined.text):
        if int(match[1]) <= period.end.year:
            continue
        start, end = examined.sentence_at(match.start())
        sentence = examined.text[start:end]
        done = _DONE.search(sentence, match.end() - start)
        if done and not _TO_COME.search(sentence):
            message = f"报告期是{period.label}，却把{match[1]}年写成已经过去（“{done[0]}”）。"
            yield _finding(examined, match, "error", message, f"请核对年份，是否应为{period.end.year}年。")


def _awards(examined: Examined, period: Period) -> Iterator[Finding]:
    for match in _AWARD.finditer(examined.text):
        if date(int(match[1]), 12, 31) > period.end:
            message = f"报告期是{period.label}，{match[1]}年度还没有结束，不会有{match[1]}年度的考核结果。"
            yield _finding(examined, match, "error", message, f"请核对年份，是否应为{int(match[1]) - 1}年度。")


def _cut_offs(examined: Examined, period: Period) -> Iterator[Finding]:
    for match in _CUT_OFF.finditer(examined.text):
        year, month = int(match[1]), int(match[2] or 12)
        if not 1 <= month <= 12:
            continue
        last = calendar.monthrange(year, month)[1]
        day = date(year, month, min(int(match[3] or last), last))
        sentence = slice(*examined.sentence_at(match.start()))
        if day > period.end + GRACE:
            yield _finding(
                examined, match, "error", f"报告期是{period.label}，“{match[0]}”在报告期之后。", f"请核对，是否应为{period.end_label}。"
            )
        elif day < period.start - timedelta(days=1) and not _COMPARED.search(examined.text[sentence]):
            yield _finding(
                examined, match, "warning", f"报告期是{period.label}，“{match[0]}”在报告期之前。", f"请核对，是否应为{period.end_label}。"
            )


def _openings(examined: Examined, period: Period) -> Iterator[Finding]:
    """A sentence that opens with the year of an older report, in a report whose sentences otherwise speak of its own."""
    for match in _OPENING.finditer(examined.text):
        start, end = examined.sentence_at(match.start())
        sentence = examined.text[start:end]
        if int(match[1]) >= period.start.year or examined.text[start : match.start()].strip() or _COMPARED.search(sentence):
            continue
        message = f"报告期是{period.label}，这句话却从{match[1]}年说起，可能留自旧报告。"
        yield _finding(examined, match, "warning", message, f"请核对年份，是否应为{period.end.year}年。")


def _finding(examined: Examined, match: re.Match[str], severity: Severity, message: str, advice: str) -> Finding:
    return examined.finding("stale_year", severity, message, advice, spans=[(match.start(), match.end())])
