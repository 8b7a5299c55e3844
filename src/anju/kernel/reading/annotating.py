"""The document with its findings as native comments: the handed-in DOCX itself, or one made of the text."""

from __future__ import annotations

import io
from collections.abc import Iterable
from copy import deepcopy
from typing import Any

from docx import Document
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from anju.kernel.reading.checking.finding import Finding
from anju.kernel.reading.inputs.docx import BODY
from anju.kernel.reading.inputs.opening import open_bytes
from anju.kernel.reading.inputs.source import RunPlace, Source

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SEVERITY_WORDS = {"error": "错误", "warning": "疑问", "info": "提示"}
AUTHOR, INITIALS = "安居核稿", "AJ"
MOST = 400
"""Comments of one document; a text with more findings is not ready for comments."""


def annotated(content: bytes, name: str, findings: Iterable[Finding]) -> bytes:
    """The document with a comment at the first place of each finding, silenced ones left out by the caller.

    Words in footnotes cannot carry comments in a DOCX; theirs are collected in one comment at the first paragraph.
    Raises AnjuError as `open_bytes`.
    """
    source = open_bytes(content, name)
    document = Document(io.BytesIO(content)) if source.kind == "docx" else _made_of(source.text)
    if source.kind != "docx":
        source = open_bytes(_bytes(document), "made.docx")
        document = Document(io.BytesIO(_bytes(document)))
    _Comments(document, source).add(list(findings)[:MOST])
    return _bytes(document)


def _made_of(text: str) -> Any:
    document = Document()
    for line in text.split("\n"):
        document.add_paragraph(line)
    return document


def _bytes(document: Any) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


class _Comments:
    """Splits runs where findings begin and end, and hangs the comments on them."""

    def __init__(self, document: Any, source: Source) -> None:
        self._document = document
        self._places = [place for place in source.runs if place.part == BODY]
        self._elements = list(document.element.iter(f"{_W}r"))

    def add(self, findings: list[Finding]) -> None:
        homeless = []
        # From the back, so that a split run leaves the places before it as they are.
        for finding in sorted(findings, key=lambda each: each.spans[0], reverse=True):
            runs = self._runs(*finding.spans[0])
            if runs:
                self._document.add_comment(runs, text=_words(finding), author=AUTHOR, initials=INITIALS)
            else:
                homeless.append(finding)
        first = next((paragraph.runs for paragraph in self._document.paragraphs if paragraph.runs), None)
        if homeless and first:
            words = "\n".join(_words(finding) for finding in reversed(homeless))
            self._document.add_comment(first[:1], text=words, author=AUTHOR, initials=INITIALS)

    def _runs(self, start: int, end: int) -> list[Run]:
        covered = [place for place in self._places if place.start < end and place.end > start]
        if not covered or not all(_plain(self._elements[place.run]) for place in covered):
            return self._whole(covered)
        if covered[-1].end > end:
            self._split(covered[-1], end)
        first = next(place for place in self._places if place.end > start)
        if first.start < start:
            self._split(first, start)
        return [self._run(place) for place in self._places if place.start < end and place.end > start]

    def _whole(self, covered: list[RunPlace]) -> list[Run]:
        return [self._run(place) for place in covered]

    def _run(self, place: RunPlace) -> Run:
        element = self._elements[place.run]
        return Run(element, Paragraph(element.getparent(), self._document))

    def _split(self, place: RunPlace, at: int) -> None:
        """Part a run of plain text in two; the second half becomes a place and an element of its own."""
        element = self._elements[place.run]
        words = "".join(node.text or "" for node in element.iter(f"{_W}t"))
        rest = deepcopy(element)
        element.addnext(rest)
        cut = at - place.start
        Run(element, None).text = words[:cut]  # type: ignore[arg-type]
        Run(rest, None).text = words[cut:]  # type: ignore[arg-type]
        self._elements.append(rest)
        number = self._places.index(place)
        self._places[number : number + 1] = [
            RunPlace(place.start, at, place.part, place.run),
            RunPlace(at, place.end, place.part, len(self._elements) - 1),
        ]


def _plain(element: Any) -> bool:
    """Whether a run holds nothing but text and its properties, so that it can be parted."""
    return all(child.tag in (f"{_W}t", f"{_W}rPr") for child in element)


def _words(finding: Finding) -> str:
    lines = [f"【{SEVERITY_WORDS[finding.severity]}】{finding.message}"]
    if finding.arithmetic and finding.arithmetic not in finding.message:
        lines.append(f"算式：{finding.arithmetic}")
    if finding.advice:
        lines.append(f"建议：{finding.advice}")
    return "\n".join(lines)
