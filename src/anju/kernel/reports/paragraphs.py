"""Lay printed words out in paragraphs and recognise headings (一、 （一） 1. （1）)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from anju.kernel.reports.built import Block, Run

_NUMERALS = "一二三四五六七八九十百"
_HEADINGS = (
    (1, re.compile(rf"[{_NUMERALS}]+、")),
    (2, re.compile(rf"[（(][{_NUMERALS}]+[）)]")),
    (3, re.compile(r"\d{1,2}[.．](?!\d)")),
    (4, re.compile(r"[（(]\d{1,2}[）)]")),
)
_GOES_ON = ("，", "、")
"""A line that ends so continues in the next one."""

_BLANKS = " \t\u3000"


def lay_out(runs: Iterable[Run]) -> list[Block]:
    """Blocks of the runs; a line break ends a paragraph unless it goes on, and empty lines mean nothing."""
    blocks: list[Block] = []
    line: list[Run] = []
    for run in runs:
        first, *rest = run.text.split("\n") if not run.figure else [run.text]
        line.append(replace(run, text=first))
        for words in rest:
            if not _goes_on(line):
                blocks.extend(_block(line))
                line = []
            line.append(Run(words.lstrip(_BLANKS)))
    return [*blocks, *_block(line)]


def _goes_on(line: list[Run]) -> bool:
    return "".join(run.text for run in line).rstrip(_BLANKS).endswith(_GOES_ON)


def _block(line: list[Run]) -> list[Block]:
    runs = _merged(line)
    if not runs:
        return []
    level = next((level for level, pattern in _HEADINGS if not runs[0].figure and pattern.match(runs[0].text)), 0)
    if not level:
        return [Block("text", tuple(runs))]
    runs[0] = replace(runs[0], text=_full_width_number(runs[0].text))
    runs, lead = _split_lead(runs)
    return [Block("text", tuple(runs), level, lead)]


def _merged(line: list[Run]) -> list[Run]:
    """Without blanks at either end and with neighbouring fixed words as one run."""
    found: list[Run] = []
    for run in line:
        if run.figure:
            found.append(run)
            continue
        text = run.text.lstrip(_BLANKS) if not found else run.text
        if found and not found[-1].figure:
            found[-1] = Run(found[-1].text + text)
        elif text:
            found.append(Run(text))
    if found and not found[-1].figure:
        found[-1] = Run(found[-1].text.rstrip(_BLANKS))
    return [run for run in found if run.text]


def _split_lead(runs: list[Run]) -> tuple[list[Run], int]:
    """The runs cut behind the heading's first full stop, and how many belong to the heading; all of them when nothing follows it."""
    for index, run in enumerate(runs):
        stop = run.text.find("。") + 1 if not run.figure else 0
        if not stop:
            continue
        head, tail = run.text[:stop], run.text[stop:]
        after = ([Run(tail)] if tail else []) + runs[index + 1 :]
        return [*runs[:index], Run(head), *after], index + 1
    return runs, len(runs)


def _full_width_number(text: str) -> str:
    """(一) and (1) get the full-width brackets of official documents."""
    match = re.match(r"[（(]([^）)]{1,6})[）)]", text)
    return f"（{match[1]}）{text[match.end() :]}" if match else text
