"""Cut a template's body into words and `{…}` pieces, each with its place."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from anju.kernel.errors import Problem
from anju.kernel.reports.language.nodes import Place

# What an input method writes for the marks of the language; inside braces both forms mean the same.
_HALF_WIDTH = str.maketrans("｜＝［］＠＃＞＜！", "|=[]@#><!")
_FILTERS = re.compile(r"\[[^\[\]]*\]")
MAX_PIECE = 400


@dataclass(frozen=True, slots=True)
class Piece:
    """Words (`braced` false) or the inside of a pair of braces."""

    text: str
    braced: bool
    place: Place


def cut(body: str, *, first_line: int, problems: list[Problem], name: str) -> Iterator[Piece]:
    """The pieces of a body whose first line is line `first_line` of the file `name`; `{{` and `}}` print a brace."""
    position, words_from, words = 0, 0, ""
    place = _Places(body, first_line)
    while position < len(body):
        mark = body[position]
        if mark in "{}" and body[position : position + 2] == mark * 2:
            words += body[words_from:position] + mark
            position += 2
            words_from = position
        elif mark == "{":
            words += body[words_from:position]
            if words:
                yield Piece(words, False, place.of(position - len(words)))
            end = _closing(body, position)
            if end is None:
                problems.append(_problem(name, place.of(position), "这个花括号没有闭合。", "请在同一行内补上“}”。"))
                return
            yield Piece(_half_width(body[position + 1 : end]), True, place.of(position))
            position = words_from = end + 1
            words = ""
        else:
            if mark in "｛｝":
                problems.append(_problem(name, place.of(position), f"这里用了全角“{mark}”。", "请改为半角花括号。"))
            elif mark == "}":
                problems.append(_problem(name, place.of(position), "多了一个“}”。", "要印出花括号请连写两个“}}”。"))
            position += 1
    words += body[words_from:]
    if words:
        yield Piece(words, False, place.of(len(body) - len(words)))


def _half_width(inside: str) -> str:
    # A full-width comma stays where it is to be printed, as the separator of a list.
    return _FILTERS.sub(lambda filters: filters[0].replace("，", ","), inside.translate(_HALF_WIDTH).strip())


def _closing(body: str, opening: int) -> int | None:
    end = body.find("}", opening, opening + MAX_PIECE)
    inside = body[opening + 1 : end]
    return None if end < 0 or "\n" in inside or "{" in inside else end


def _problem(name: str, place: Place, what: str, advice: str) -> Problem:
    return Problem("reports.template.braces", f"{name}:{place.line}:{place.column}", what, advice)


class _Places:
    """From an offset in the body to a line and a column."""

    def __init__(self, body: str, first_line: int) -> None:
        self._starts = [0, *(index + 1 for index, mark in enumerate(body) if mark == "\n")]
        self._first = first_line

    def of(self, offset: int) -> Place:
        row = bisect_right(self._starts, max(offset, 0)) - 1
        return Place(self._first + row, max(offset, 0) - self._starts[row] + 1)
