"""What rows say about papers, checks and publicity of a case, asked only when a rule needs it."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from anju.kernel.cases.engine.situation import PublicityState, Situation
from anju.kernel.cases.matters.conditions import holds
from anju.kernel.cases.matters.declaration import Matter
from anju.kernel.cases.models import Check, Material, Objection, Publicity


class RowHoldings:
    """`engine.holdings.Holdings` over the tables."""

    def __init__(self, case_id: int, matter: Matter, situation: Situation, today: datetime.date) -> None:
        self.case_id, self.matter, self.situation, self.today = case_id, matter, situation, today

    def lacking(self, stage: str) -> Sequence[str]:
        wanted = [one for one in self.matter.materials if one.at == stage and one.required and holds(one.when, self.situation.data)]
        if not wanted:
            return ()
        states = dict(Material.objects.filter(case=self.case_id).values_list("code", "state"))
        promised = (Material.State.HANDED_IN, Material.State.PROMISED, Material.State.BREACHED)
        return [
            one.title
            for one in wanted
            if states.get(one.code) not in (promised if one.may_follow is not None else (Material.State.HANDED_IN,))
        ]

    def promised(self) -> Sequence[str]:
        if not any(one.may_follow for one in self.matter.materials):
            return ()
        open_promises = (Material.State.PROMISED, Material.State.BREACHED)
        return list(Material.objects.filter(case=self.case_id, state__in=open_promises).order_by("pk").values_list("title", flat=True))

    def unchecked(self, step: str) -> Sequence[str]:
        wanted = [self.matter.checks[code] for code in self.matter.step(step).checks]
        wanted = [one for one in wanted if holds(one.when, self.situation.data)]
        if not wanted:
            return ()
        found: dict[str, list[Check]] = {}
        for check in Check.objects.filter(case=self.case_id, replaced=False, code__in=[one.code for one in wanted]).order_by("pk"):
            found.setdefault(check.code, []).append(check)
        return [f"{one.title}（{why}）" for one in wanted for why in dict.fromkeys(standing_of(found.get(one.code, []), self.today)) if why]

    def publicity(self) -> PublicityState | None:
        alive = next((task.row for task in self.situation.alive if task.signer == 0), None)
        row = None if alive is None else Publicity.objects.filter(case=self.case_id, task_id=alive).first()
        if row is None:
            return None
        outcomes = list(Objection.objects.filter(publicity=row).values_list("outcome", flat=True))
        return PublicityState(row.ends_on, outcomes.count(Objection.Outcome.OPEN), outcomes.count(Objection.Outcome.UPHELD))


def standing_of(checks: Sequence[Check], today: datetime.date) -> list[str]:
    """Why each of these checks does not count as passed, empty for one that does (HS-04)."""
    if not checks:
        return ["未发起"]
    return [_standing(check, today) for check in checks]


def _standing(check: Check, today: datetime.date) -> str:
    if check.result != Check.Result.PASS:
        return str(Check.Result(check.result).label)
    return "结果已过期" if check.valid_to is not None and check.valid_to < today else ""
