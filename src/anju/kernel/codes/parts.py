"""What the parts of a code mean."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Part:
    """Characters `first` to `last` of a code (counted from 1), what they are and what they say. `str()` is a Chinese line."""

    first: int
    last: int
    text: str
    name: str
    meaning: str = ""

    def __str__(self) -> str:
        place = f"第{self.first}位" if self.first == self.last else f"第{self.first}至{self.last}位"
        return f"{place} {self.text}：{self.name}{f'，{self.meaning}' if self.meaning else ''}"


def cut(code: str, *lengths: int) -> list[tuple[int, int, str]]:
    """(first, last, text) of consecutive parts of these lengths."""
    found, place = [], 0
    for length in lengths:
        found.append((place + 1, place + length, code[place : place + length]))
        place += length
    return found


def first_not_digit(code: str, until: int | None = None) -> tuple[int, str] | None:
    """(place counted from 1, character) of the first character that is no ASCII digit."""
    for place, character in enumerate(code[:until], start=1):
        if not ("0" <= character <= "9"):
            return place, character
    return None
