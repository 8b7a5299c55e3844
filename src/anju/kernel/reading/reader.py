"""Reading a text: every figure in it, with what the words around it say."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from anju.kernel.errors import AnjuError
from anju.kernel.figures.periods import Period
from anju.kernel.reading.attaching import attach
from anju.kernel.reading.claims import read_claims
from anju.kernel.reading.dates import read_dates, report_period
from anju.kernel.reading.excluded import DOCUMENT_NUMBER, mark_excluded
from anju.kernel.reading.figure import Date, Position, ReadFigure, Reading, Scope, Span
from anju.kernel.reading.hedges import hedge
from anju.kernel.reading.layout import Layout, lay_out
from anju.kernel.reading.roles import Words, role_of
from anju.kernel.reading.scanning import Found, scan
from anju.kernel.reading.subjects import place_of, subject_of
from anju.kernel.reading.units import read_unit

LIMIT_CHARACTERS = 2_000_000
_CONTEXT = 120
_OF_WHICH = re.compile(r"其中")
_CUT_OFF = re.compile(r"截[至止到]?([^，。；]{0,12}?(?:底|末|日|月|目前|今))")


def read(text: str) -> Reading:
    """The figures of a text in order. Deterministic, linear in its length. Raises AnjuError `reading.too_long`
    beyond 2,000,000 characters."""
    if len(text) > LIMIT_CHARACTERS:
        raise AnjuError.of("reading.too_long", f"文字有{len(text)}个字符，最多可读{LIMIT_CHARACTERS}个。", advice="请分成几份再读。")
    layout = lay_out(text)
    report = report_period(layout.normal)
    dates = read_dates(text, layout.normal, report, year_at=lambda _: report.start.year if report else None)
    taken = bytearray(len(text))
    mark_excluded(layout, taken)
    for date in dates:
        taken[date.start : date.end] = b"\x01" * (date.end - date.start)
    figures: list[ReadFigure] = []
    for found in scan(layout.normal, taken):
        figures.append(_figure(layout, dates, report, found, figures))
    attached = attach(layout, figures)
    numbers = tuple(Span(m.start(), m.end(), text[m.start() : m.end()]) for m in DOCUMENT_NUMBER.finditer(layout.normal))
    return Reading(
        text=text,
        figures=tuple(_inherit(attached)),
        sentences=layout.sentences,
        headings=layout.headings,
        paragraphs=layout.paragraphs,
        dates=dates,
        claims=read_claims(layout, attached),
        document_numbers=numbers,
        period=report,
    )


def _figure(layout: Layout, dates: Sequence[Date], report: Period | None, found: Found, before: Sequence[ReadFigure]) -> ReadFigure:
    sentence = layout.sentence_at(found.start)
    clause = layout.clause_at(found.start)
    start = max(layout.clause(clause)[0], found.start - _CONTEXT, before[-1].end if before else 0)
    words = Words(
        layout.normal[start : found.start],
        layout.normal[max(sentence.start, start - _CONTEXT) : start],
        layout.normal[found.end : found.end + 24],
        sentence.headings,
    )
    unit = read_unit(found.unit)
    role, direction = role_of(words, unit.name, unit.dimension, found.kind)
    hedged = hedge(layout.normal, found, unit.dimension)
    scaled = None if found.number is None else found.number * found.scale
    return ReadFigure(
        index=len(before),
        start=found.start,
        end=found.end,
        text=layout.text[found.start : found.end],
        value=scaled,
        unit=unit.name,
        role=role,
        value_max=None if found.upper is None else found.upper * found.scale,
        low=hedged.low,
        high=hedged.high,
        direction="down" if found.negative else direction,
        modifier=hedged.modifier,
        hedges=hedged.words,
        subject=subject_of(words.clause, words.after),
        scope=_scope(layout, words, found, before),
        dimension=unit.dimension,
        factor=unit.factor,
        scale=found.scale,
        places=found.places,
        position=Position(sentence.paragraph, sentence.index, clause, sentence.headings),
    )


def _scope(layout: Layout, words: Words, found: Found, before: Sequence[ReadFigure]) -> Scope:
    sentence = layout.sentence_at(found.start)
    so_far = layout.normal[sentence.start : found.start]
    cut = _CUT_OFF.search(so_far)
    return Scope(
        place=place_of(words.clause) or place_of(so_far),
        cut_off_text=cut[1] if cut else "",
        of_which=_OF_WHICH.search(so_far) is not None,
    )


def _inherit(figures: Sequence[ReadFigure]) -> list[ReadFigure]:
    """A growth or rate without words of its own speaks of what it attaches to."""
    done: list[ReadFigure] = []
    for figure in figures:
        if not figure.subject and figure.attaches_to is not None:
            figure = replace(figure, subject=figures[figure.attaches_to].subject)
        done.append(figure)
    return done
