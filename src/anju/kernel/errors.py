"""Problems as data: where, what is wrong, what to do, and a stable id."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, said so that the reader can put it right.

    `code` is stable (`ledger.unit_mismatch`); `where` is a place a person finds (a file and line, a sheet and cell, a field);
    `what` and `advice` are Chinese sentences for people.
    """

    code: str
    where: str
    what: str
    advice: str = ""

    def __str__(self) -> str:
        place = f"{self.where}：" if self.where else ""
        advice = f" {self.advice}" if self.advice else ""
        return f"{place}{self.what}{advice}  [{self.code}]"


class AnjuError(Exception):
    """A refusal with one or more problems. Nothing has been changed when it is raised out of an action."""

    def __init__(self, problems: Problem | Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = (problems,) if isinstance(problems, Problem) else tuple(problems)
        if not self.problems:
            raise ValueError("an AnjuError needs at least one problem")
        super().__init__("\n".join(str(problem) for problem in self.problems))

    @classmethod
    def of(cls, code: str, what: str, *, where: str = "", advice: str = "") -> AnjuError:
        """One problem, raised."""
        return cls(Problem(code=code, where=where, what=what, advice=advice))


class Forbidden(AnjuError):
    """The actor may not do this; the advice says whom to ask."""
