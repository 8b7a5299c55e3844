"""Compare a document's text with the text that was frozen, letter by letter, and say which figure a change touches."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from anju.kernel.reports.built import Run

Paragraph = Sequence[Run]
_NUMERIC = re.compile(r"[\d.%％，,]*\d[\d.%％]*|[一二三四五六七八九十百千万亿两]+")


@dataclass(frozen=True, slots=True)
class Change:
    """Words replaced in a paragraph (counted from 1).

    `figures`: the bookmarks whose printed words it touches; `numeric`: a number changed.
    """

    paragraph: int
    before: str
    after: str
    around: str
    figures: tuple[str, ...]
    numeric: bool


def changes(frozen: Sequence[Paragraph], found: Sequence[Paragraph]) -> list[Change]:
    """Every change of the text, in order; paragraphs added or removed as a whole are one change each."""
    before = [_plain(paragraph) for paragraph in frozen]
    after = [_plain(paragraph) for paragraph in found]
    made: list[Change] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        pairs = min(i2 - i1, j2 - j1)
        for offset in range(pairs):
            made.extend(_within(i1 + offset + 1, frozen[i1 + offset], after[j1 + offset]))
        for index in range(i1 + pairs, i2):
            names = tuple(run.figure for run in frozen[index] if run.figure)
            made.append(Change(index + 1, before[index], "", before[index][:20], names, bool(names)))
        for index in range(j1 + pairs, j2):
            made.append(Change(i2, "", after[index], after[index][:20], (), bool(_NUMERIC.search(after[index]))))
    return made


def _plain(paragraph: Paragraph) -> str:
    return "".join(run.text for run in paragraph).strip().replace("\u00a0", " ")


def _within(number: int, frozen: Paragraph, after: str) -> Iterator[Change]:
    before = _plain(frozen)
    spans = _spans(frozen)
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        # A letter added right before or behind a figure changes what a reader takes the figure to be.
        touched = tuple(name for name, start, end in spans if start <= i2 and i1 <= end and _reads_as_part(before, after, i1, i2, j1, j2))
        around = after[max(0, j1 - 8) : j2 + 8]
        numeric = bool(_NUMERIC.search(before[i1:i2]) or _NUMERIC.search(after[j1:j2]))
        yield Change(number, before[i1:i2], after[j1:j2], around, touched, numeric)


def _reads_as_part(before: str, after: str, i1: int, i2: int, j1: int, j2: int) -> bool:
    # Words that merely follow a figure (，其中) are not its own; digits, signs and units written against it are.
    return i1 != i2 or bool(re.search(r"[\d.%％万亿千百余负-]", after[j1:j2]))


def _spans(paragraph: Paragraph) -> list[tuple[str, int, int]]:
    """(bookmark, start, end) of every figure in the plain text."""
    spans, at = [], -_leading(paragraph)
    for run in paragraph:
        if run.figure:
            spans.append((run.figure, at, at + len(run.text)))
        at += len(run.text)
    return spans


def _leading(paragraph: Paragraph) -> int:
    text = "".join(run.text for run in paragraph)
    return len(text) - len(text.lstrip())
