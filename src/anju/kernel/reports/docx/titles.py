"""Break a long title into lines of whole words, symmetric and not raggedly filled (GB/T 9704-2012 clause 7.3.1)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

LINE_CHARACTERS = 20
"""二号 characters in 156 mm."""

_BREAK_BEHIND = "的、，和及与》"


def title_lines(title: str, whole: Sequence[str]) -> list[str]:
    """The title's lines. `whole`: words that stay in one piece (the bureau's name, the period); digits stay together as well."""
    lines = -(-_width(title) // LINE_CHARACTERS)
    if lines <= 1:
        return [title]
    breaks = _breaks(title, whole)
    return _best(title, [0, *breaks, len(title)], int(lines)) or [title]


def _width(text: str) -> float:
    return sum(0.5 if mark.isascii() else 1 for mark in text)


def _breaks(title: str, whole: Sequence[str]) -> list[int]:
    """Where a line may end: around the whole words, and behind 的 and the like outside of them."""
    inside: set[int] = set()
    edges: set[int] = set()
    for word in filter(None, whole):
        start = title.find(word)
        while start >= 0:
            edges |= {start, start + len(word)}
            inside |= set(range(start + 1, start + len(word)))
            start = title.find(word, start + 1)
    edges |= {place + 1 for place, mark in enumerate(title) if mark in _BREAK_BEHIND}
    return sorted(edge for edge in edges if 0 < edge < len(title) and edge not in inside)


def _best(title: str, places: list[int], lines: int) -> list[str]:
    """The split with the least difference between its longest and shortest line; empty when none fits the page."""
    best: tuple[float, list[str]] | None = None
    for chosen in _choices(places[1:-1], lines - 1):
        parts = [title[start:end] for start, end in pairwise([0, *chosen, len(title)])]
        widths = [_width(part) for part in parts]
        if max(widths) <= LINE_CHARACTERS and (best is None or max(widths) - min(widths) < best[0]):
            best = (max(widths) - min(widths), parts)
    return [] if best is None else best[1]


def _choices(places: list[int], count: int) -> list[tuple[int, ...]]:
    # Titles have a handful of places to break at and two or three lines.
    if count == 0:
        return [()]
    return [(place, *rest) for index, place in enumerate(places) for rest in _choices(places[index + 1 :], count - 1)]
