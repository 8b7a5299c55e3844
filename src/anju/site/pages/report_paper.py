"""A built report as the page prints it: paragraphs of runs, figures with their state, findings as notes in the margin."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from anju.kernel.figures.references import filters_text, measure_text, parse_name
from anju.kernel.reports.built import Block, Built, Finding, PlacedFigure, Run
from anju.kernel.reports.docx.titles import title_lines

REGION_FILTER = "region"
SEVERITY = {"error": "wrong", "warning": "due", "note": ""}
SHEET_CLASSES = {"number": "doc-number", "addressee": "plain", "signature": "sign", "date": "sign", "attachment": "plain"}


@dataclass(frozen=True, slots=True)
class Note:
    """A finding with its number in the margin and the marks of the figures it speaks of."""

    number: int
    finding: Finding
    kind: str


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of a paragraph; a figure has an address, a state (checked, noted, changed, broken, missing) and note numbers."""

    text: str
    url: str = ""
    state: str = ""
    bookmark: str = ""
    title: str = ""
    notes: tuple[int, ...] = ()
    heading: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph with its look."""

    tag: str
    look: str
    pieces: list[Piece]


@dataclass(frozen=True, slots=True)
class Paper:
    """The whole sheet and its margin."""

    paragraphs: list[Paragraph]
    notes: list[Note]
    changed: int
    broken: int
    missing: int
    noted: int


def paper(built: Built, before: Mapping[str, str]) -> Paper:
    """Lay a report out. `before`: what each figure (bookmark-free name, see `look_of`) printed when the reader last looked."""
    notes = [Note(number, finding, SEVERITY[finding.severity]) for number, finding in enumerate(built.findings, start=1)]
    marked: dict[str, list[Note]] = {}
    for note in notes:
        for bookmark in note.finding.figures:
            marked.setdefault(bookmark, []).append(note)
    figures = {figure.bookmark: figure for figure in built.figures}
    states = {bookmark: _state(figure, marked.get(bookmark, []), before) for bookmark, figure in figures.items()}

    def piece(run: Run, heading: bool) -> Piece:
        figure = figures.get(run.figure)
        if figure is None:
            return Piece(run.text, heading=heading)
        numbers = tuple(note.number for note in marked.get(run.figure, []))
        return Piece(run.text, figure_address(figure), states[run.figure], run.figure, figure.name, numbers, heading)

    def pieces(block: Block) -> list[Piece]:
        if block.kind == "title" and not any(run.figure for run in block.runs):
            # In the lines the document breaks it into; the look keeps them.
            return [Piece("\n".join(title_lines(block.text, (built.bureau_name, built.period_label))))]
        return [piece(run, position < block.lead) for position, run in enumerate(block.runs)]

    paragraphs = [Paragraph(*_look(block), pieces(block)) for block in built.blocks]
    found = list(states.values())
    return Paper(paragraphs, notes, found.count("changed"), found.count("broken"), found.count("missing"), found.count("noted"))


def looks(built: Built) -> dict[str, str]:
    """What each figure prints now, to be remembered until the next look."""
    return {_name(figure): figure.shown for figure in built.figures}


def figure_address(figure: PlacedFigure) -> str:
    """The address of a placed figure, on the snapshot the report was computed on."""
    name = parse_name(figure.reference)
    filters = tuple(pair for pair in name.filters if pair[0] != REGION_FILTER)
    pairs = [
        ("of", filters_text(filters) + measure_text(figure.measure)),
        ("period", figure.period),
        ("region", figure.region),
        ("bureau", str(figure.bureau_id or "")),
        ("snapshot", figure.snapshot),
    ]
    return f"{reverse('figure', args=[figure.key])}?{urlencode([(key, value) for key, value in pairs if value])}"


def _state(figure: PlacedFigure, notes: list[Note], before: Mapping[str, str]) -> str:
    if any(note.finding.severity == "error" for note in notes):
        return "broken"
    if before.get(_name(figure), figure.shown) != figure.shown:
        return "changed"
    if notes:
        return "noted"
    return "missing" if figure.missing else "checked"


def _name(figure: PlacedFigure) -> str:
    return f"{figure.reference}|{figure.format}|{figure.period}"


def _look(block: Block) -> tuple[str, str]:
    if block.kind == "title":
        return "h1", ""
    if block.kind == "text" and block.level and block.lead == len(block.runs):
        return "p", f"h{block.level}"
    return "p", SHEET_CLASSES.get(block.kind, "")
