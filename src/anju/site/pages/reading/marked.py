"""A text as the page prints it: paragraphs of pieces, every figure with its state, every finding with its number."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from anju.kernel.reading.checking.comparing import Beside, in_base
from anju.kernel.reading.checking.finding import Finding
from anju.kernel.reading.checking.saying import value_like
from anju.kernel.reading.figure import Heading, Reading
from anju.kernel.reading.queries import Opened
from anju.kernel.reading.templating.choices import Choice

SEVERITY = {"error": "wrong", "warning": "due", "info": ""}
_LEVELS = {1: "h1", 2: "h2", 3: "h3"}
_TITLE_MOST = 40


@dataclass(frozen=True, slots=True)
class Piece:
    """Words; a figure has `start` and a state (matched, likely, differs, broken, noted, unknown), a slip has note numbers only."""

    text: str
    state: str = ""
    start: int | None = None
    title: str = ""
    notes: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Note:
    """A finding in the margin. `anchor`: offset of its first place. `reason`: why it stands, when it was silenced."""

    number: int
    finding: Finding
    kind: str
    name: str
    anchor: int
    reason: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    look: str
    pieces: list[Piece]


@dataclass(frozen=True, slots=True)
class Marked:
    """The sheet and its margin; `counts`: figures by state."""

    paragraphs: list[Paragraph]
    notes: list[Note]
    silenced: list[Note]
    counts: dict[str, int]


def marked(view: Opened, beside: Mapping[int, Beside], names: Mapping[str, str]) -> Marked:
    """Lay a text out. `beside`: mapped figures with the system's values. `names`: rules in Chinese."""
    notes = [_note(number, finding, names) for number, finding in enumerate(view.sifted.standing, start=1)]
    silenced = [_note(0, finding, names, silence.reason, silence.by) for finding, silence in view.sifted.silenced]
    by_place: dict[tuple[int, int], list[Note]] = {}
    for note in notes:
        for span in note.finding.spans:
            by_place.setdefault(span, []).append(note)
    choices = {choice.figure: choice for choice in view.choices}
    pieces = _figures(view.reading, choices, beside, by_place)
    counts: dict[str, int] = {}
    for piece in pieces.values():
        counts[piece[1].state] = counts.get(piece[1].state, 0) + 1
    _slips(view.reading, pieces, by_place)
    headings = {heading.start: heading for heading in view.reading.headings}
    paragraphs = [
        _paragraph(view.reading, start, end, pieces, headings.get(start), first=number == 0)
        for number, (start, end) in enumerate((each.start, each.end) for each in view.reading.paragraphs)
    ]
    return Marked(paragraphs, notes, silenced, counts)


def _note(number: int, finding: Finding, names: Mapping[str, str], reason: str = "", by: str = "") -> Note:
    return Note(number, finding, SEVERITY[finding.severity], names.get(finding.rule, finding.rule), finding.spans[0][0], reason, by)


_Pieces = dict[int, tuple[int, Piece]]


def _figures(
    reading: Reading, choices: Mapping[int, Choice], beside: Mapping[int, Beside], by_place: Mapping[tuple[int, int], list[Note]]
) -> _Pieces:
    found: _Pieces = {}
    by_figure = _over_figures(reading, by_place)
    for figure in reading.figures:
        notes = by_figure.get(figure.index, [])
        choice, row = choices[figure.index], beside.get(figure.index)
        state = _state(choice, row, notes)
        numbers = tuple(dict.fromkeys(note.number for note in notes))
        found[figure.start] = (figure.end, Piece(figure.text, state, figure.start, _title(choice, row, state), numbers))
    return found


def _over_figures(reading: Reading, by_place: Mapping[tuple[int, int], list[Note]]) -> dict[int, list[Note]]:
    """Notes by the figure their place overlaps: a finding may mark only the 余 of 2996余份."""
    starts = [figure.start for figure in reading.figures]
    found: dict[int, list[Note]] = {}
    for (start, end), notes in by_place.items():
        for index in range(max(bisect_right(starts, start) - 1, 0), len(starts)):
            if starts[index] >= end:
                break
            if reading.figures[index].end > start:
                found.setdefault(index, []).extend(notes)
    return found


def _state(choice: Choice, row: Beside | None, notes: list[Note]) -> str:
    if any(note.kind == "wrong" for note in notes):
        return "broken"
    if row is not None and row.state == "different":
        return "differs"
    if any(note.kind == "due" for note in notes):
        return "noted"
    if choice.state in ("remembered", "follows", "kept"):
        return "matched"
    return "likely" if choice.state == "likely" else "unknown"


def _title(choice: Choice, row: Beside | None, state: str) -> str:
    if row is None or row.system.value is None:
        return {"unknown": _("还没有对应的指标"), "likely": _("可能对应的指标，点开确认")}.get(state, "")
    return _("系统：%(name)s %(value)s") % {"name": row.system.name, "value": counted(row)}


def counted(row: Beside) -> str:
    """The system's number in the unit and scale the text prints the figure in; "" when it has none or another kind of unit."""
    value = in_base(row.system)
    if value is None or row.state == "other_unit":
        return ""
    return value_like(value, row.figure)


def _slips(reading: Reading, pieces: _Pieces, by_place: Mapping[tuple[int, int], list[Note]]) -> None:
    """Places of findings that are no figures become pieces of their own where nothing else stands."""
    taken = sorted((start, end) for start, (end, _piece) in pieces.items())
    for (start, end), notes in sorted(by_place.items()):
        if start in pieces or end - start > 200 or any(left < end and start < right for left, right in taken):
            continue
        numbers = tuple(dict.fromkeys(note.number for note in notes))
        pieces[start] = (end, Piece(reading.text[start:end], "slip " + notes[0].kind, start, notes[0].finding.message, numbers))
        taken.append((start, end))


def _paragraph(reading: Reading, start: int, end: int, pieces: _Pieces, heading: Heading | None, *, first: bool) -> Paragraph:
    row: list[Piece] = []
    at = start
    for place in sorted(place for place in pieces if start <= place < end):
        until, piece = pieces[place]
        if place < at:
            continue
        if place > at:
            row.append(Piece(reading.text[at:place]))
        row.append(piece)
        at = until
    if at < end:
        row.append(Piece(reading.text[at:end]))
    alone = heading is not None and heading.end >= end
    title = first and heading is None and end - start <= _TITLE_MOST and "。" not in reading.text[start:end]
    return Paragraph("title" if title else (_LEVELS.get(heading.level, "") if heading is not None and alone else ""), row)
