"""Refusals of the engine: one place for their codes and words."""

from __future__ import annotations

from typing import NoReturn

from anju.kernel.cases.engine.situation import FINAL, Situation, State
from anju.kernel.cases.matters.words import OWN_STATES
from anju.kernel.errors import AnjuError, Forbidden


def refuse(code: str, what: str, advice: str = "", where: str = "") -> NoReturn:
    """Raise AnjuError `cases.<code>`."""
    raise AnjuError.of(f"cases.{code}", what, advice=advice, where=where)


def forbid(code: str, what: str, advice: str = "") -> NoReturn:
    """Raise Forbidden `cases.<code>`."""
    raise Forbidden.of(f"cases.{code}", what, advice=advice)


def require_state(situation: Situation, *states: State, doing: str) -> None:
    """Refuse a move that the state of the case does not allow (`cases.wrong_state`)."""
    if situation.state not in states:
        advice = "案件已经结束，如需改变请走重新办理。" if situation.state in FINAL else "请先恢复或等待补正。"
        if situation.state == State.RUNNING:
            advice = "案件已经受理。"
        refuse("wrong_state", f"案件{OWN_STATES[situation.state]}，不能{doing}。", advice)


def require_alive(situation: Situation, doing: str) -> None:
    """Refuse a move on a finished case."""
    if situation.final:
        refuse("wrong_state", f"案件{OWN_STATES[situation.state]}，不能{doing}。", "案件已经结束，如需改变请走重新办理。")
