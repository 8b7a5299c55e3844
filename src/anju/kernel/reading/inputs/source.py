"""A text with the way back to where it stood in the file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from anju.kernel.errors import AnjuError

Kind = Literal["text", "docx", "pdf"]
MOST_CHARACTERS = 2_000_000


@dataclass(frozen=True, slots=True)
class RunPlace:
    """text[start:end] are the words of one run: `part` of the package, the run's number in document order within that part."""

    start: int
    end: int
    part: str
    run: int


@dataclass(frozen=True, slots=True)
class Source:
    """The words of a file, line by line, and for a DOCX the runs they stand in. `notes`: what was left out, in Chinese."""

    name: str
    kind: Kind
    text: str
    runs: tuple[RunPlace, ...] = ()
    notes: tuple[str, ...] = ()


def refuse(code: str, what: str, name: str, advice: str) -> AnjuError:
    """A refusal `reading.<code>`; nothing was stored."""
    return AnjuError.of(f"reading.{code}", what, where=name, advice=advice)


def too_long(name: str) -> AnjuError:
    """The text of the file is longer than is read at once."""
    return refuse("too_long", f"文字超过{MOST_CHARACTERS}个字符。", name, "请分成几份再读。")
