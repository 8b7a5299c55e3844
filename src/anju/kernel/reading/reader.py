"""Reading a text: every figure in it, with what the words around it say."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from anju.kernel.errors import AnjuError
from anju.kernel.reading.attaching import attach, describes
from anju.kernel.reading.chains import unify
from anju.kernel.reading.claims import read_claims
from anju.kernel.reading.dates import read_dates, report_period
from anju.kernel.reading.excluded import DOCUMENT_NUMBER, mark_excluded
from anju.kernel.reading.figure import Position, ReadFigure, Reading, Role, Span
from anju.kernel.reading.hedges import hedge
from anju.kernel.reading.layout import Layout, lay_out
from anju.kernel.reading.roles import Words, role_of
from anju.kernel.reading.scanning import Found, scan
from anju.kernel.reading.scopes import Scopes
from anju.kernel.reading.subjects import subject_of
from anju.kernel.reading.units import read_unit

LIMIT_CHARACTERS = 2_000_000
LIMIT_FIGURES = 20_000
"""A report of 300 pages has about 5,000."""
_CONTEXT = 120


def read(text: str) -> Reading:
    """The figures of a text in order. Deterministic, linear in its length. Raises AnjuError `reading.too_long`
    beyond 2,000,000 characters and `reading.too_many` beyond 20,000 figures."""
    if len(text) > LIMIT_CHARACTERS:
        raise AnjuError.of("reading.too_long", f"文字有{len(text)}个字符，最多可读{LIMIT_CHARACTERS}个。", advice="请分成几份再读。")
    layout = lay_out(text)
    report = report_period(layout.normal)
    dates = read_dates(text, layout.normal, report)
    taken = bytearray(len(text))
    mark_excluded(layout, taken)
    for date in dates:
        taken[date.start : date.end] = b"\x01" * (date.end - date.start)
    scopes = Scopes(layout, dates, report)
    figures: list[ReadFigure] = []
    for found in scan(layout.normal, taken):
        if len(figures) == LIMIT_FIGURES:
            raise AnjuError.of("reading.too_many", f"文字里有超过{LIMIT_FIGURES}个数字。", advice="请分成几份再读。")
        figures.append(_figure(layout, scopes, found, figures))
    attached = _finish(layout, attach(layout, unify(layout, figures)))
    return Reading(
        text=text,
        figures=tuple(attached),
        sentences=layout.sentences,
        headings=layout.headings,
        paragraphs=layout.paragraphs,
        dates=dates,
        claims=read_claims(layout, attached),
        document_numbers=tuple(Span(m.start(), m.end(), text[m.start() : m.end()]) for m in DOCUMENT_NUMBER.finditer(layout.normal)),
        period=report,
    )


def _figure(layout: Layout, scopes: Scopes, found: Found, before: Sequence[ReadFigure]) -> ReadFigure:
    sentence = layout.sentence_at(found.start)
    clause = layout.clause_at(found.start)
    previous = before[-1].end if before else 0
    start = max(_told_from(layout, clause, found.start), found.start - _CONTEXT, previous)
    scope = scopes.of(found.start, sentence)
    words = Words(
        clause=layout.normal[start : found.start],
        lead=layout.normal[max(sentence.start, start - _CONTEXT) : start],
        after=layout.normal[found.end : found.end + 24],
        headings=sentence.headings,
        later=scopes.is_later(scope, sentence.headings),
    )
    unit = read_unit(found.unit)
    role, direction = role_of(words, unit.dimension, found.kind)
    hedged = hedge(layout.normal, found, unit.dimension)
    return ReadFigure(
        index=len(before),
        start=found.start,
        end=found.end,
        text=layout.text[found.start : found.end],
        value=None if found.number is None else found.number * found.scale,
        unit=unit.name,
        role=role,
        value_max=None if found.upper is None else found.upper * found.scale,
        low=hedged.low,
        high=hedged.high,
        direction="down" if found.negative else direction,
        modifier=hedged.modifier,
        hedges=hedged.words,
        subject=subject_of(words.clause, words.after, follows_figure=start == previous and bool(before)),
        scope=scope,
        dimension=unit.dimension,
        factor=unit.factor,
        scale=found.scale,
        places=found.places,
        position=Position(sentence.paragraph, sentence.index, clause, sentence.headings),
    )


def _told_from(layout: Layout, clause: int, figure: int) -> int:
    """Where the words that tell a figure's role begin: its clause, or the one before when its own has
    nothing before the figure (住宅开发面积：57.69万㎡)."""
    start, _ = layout.clause(clause)
    if clause and start == figure and layout.normal[start - 1 : start] in ("(", "：", ":") and layout.sentence_at(start).start < start:
        return max(layout.clause(clause - 1)[0], layout.sentence_at(start).start)
    return start


_COMPANION = re.compile(r"[，、]?(?:共计|合计|总计|涉及|共|总|建筑|金额|资金|面积|投资)+[约为达]?(?:到)?")


def _shared_role(layout: Layout, done: Sequence[ReadFigure], figures: Sequence[ReadFigure], figure: ReadFigure, part: bool) -> Role:
    """A part of a cumulative whole is cumulative; an amount said only as 共计 or 金额 shares the role of the count before it."""
    if figure.role in ("yoy", "share", "rate") and figure.attaches_to is not None and figure.attaches_to < figure.index:
        return "target" if done[figure.attaches_to].role == "target" and not part and figure.role == "yoy" else figure.role
    if figure.role != "level":
        return figure.role
    if part and figure.attaches_to is not None and figure.attaches_to < figure.index:
        whole = done[figure.attaches_to].role
        return whole if whole in ("cumulative", "plan", "target") else "level"
    beside = done and done[-1].position.sentence == figure.position.sentence and done[-1].role in ("cumulative", "plan", "target")
    if beside and _COMPANION.fullmatch(layout.normal, done[-1].end, figure.start):
        return done[-1].role
    return "level"


def _goes_on(before: ReadFigure, figure: ReadFigure) -> bool:
    """创建省级示范工地5个、市级8个: the same thing in another place."""
    return before.position.clause == figure.position.clause and before.unit == figure.unit


def _finish(layout: Layout, figures: Sequence[ReadFigure]) -> list[ReadFigure]:
    """A figure without words of its own speaks of what it attaches to, or of the figure before it in its clause (批准预售12套1.5万㎡)."""
    done: list[ReadFigure] = []
    for figure in figures:
        subject = figure.subject
        if not subject and figure.attaches_to is not None and figure.attaches_to < figure.index:
            subject = done[figure.attaches_to].subject
        elif not subject and done and (done[-1].end == figure.start or _goes_on(done[-1], figure)):
            subject = done[-1].subject
        part = figure.attaches_to is not None and not describes(figure)
        figure = replace(figure, role=_shared_role(layout, done, figures, figure, part))
        scope = replace(figure.scope, of_which=part or "其中" in layout.normal[max(figure.start - 24, 0) : figure.start].split("，")[-1])
        done.append(replace(figure, subject=subject, scope=scope))
    return done
