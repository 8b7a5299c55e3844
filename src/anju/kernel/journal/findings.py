"""What verification found, with a limit per kind so that a destroyed table does not drown the rest."""

from __future__ import annotations

from collections import Counter

from anju.kernel.errors import Problem

LIMIT = 200
"""Findings named one by one per code; more are counted."""

_ADVICE = {
    "journal.change_without_entry": "有人绕过系统直接改了数据库。请核对该行，并查明是谁、何时、为何。",
    "journal.row_differs": "现有记录与日志最后一次记载不符，说明有人停用触发器后改动。请按日志恢复或查明原因。",
}
_DEFAULT_ADVICE = "请保留现场，用备份与日志根（journal-roots.jsonl）比对，并报告审计管理员。"


class Findings:
    """Collects problems of the journal."""

    def __init__(self) -> None:
        self._named: list[Problem] = []
        self._counts: Counter[str] = Counter()

    def add(self, code: str, where: str, what: str) -> None:
        """Note one finding; `code` without the room's name."""
        code = f"journal.{code}"
        self._counts[code] += 1
        if self._counts[code] <= LIMIT:
            self._named.append(Problem(code=code, where=where, what=what, advice=_ADVICE.get(code, _DEFAULT_ADVICE)))

    def full(self, code: str) -> bool:
        """True when further findings of this code would only be counted."""
        return self._counts[f"journal.{code}"] >= LIMIT

    def all(self) -> list[Problem]:
        """Everything found, and one line for each kind that went over the limit."""
        more = [
            Problem(code=code, where="", what=f"此类问题共 {count} 个以上，只列出前 {LIMIT} 个。", advice=_DEFAULT_ADVICE)
            for code, count in self._counts.items()
            if count > LIMIT
        ]
        return [*self._named, *more]
