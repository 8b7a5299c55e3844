"""A bureau's people and the road of a case through the demonstration matter, for tests of casework."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from anju.kernel.access.actor import Actor
from anju.kernel.cases import actions
from anju.kernel.cases.models import Case, Check
from anju.kernel.orgs.models import Bureau
from anju.testing.factories import make_actor

ZONE = ZoneInfo("Asia/Shanghai")
PAPERS = ("application", "consent", "income_proof")


def moment(day: str, hour: int = 10) -> datetime.datetime:
    """`2025-03-03` at ten in the morning."""
    return datetime.datetime.combine(datetime.date.fromisoformat(day), datetime.time(hour), ZONE)


@dataclass(frozen=True, slots=True)
class Office:
    """Clerks, reviewers and leaders, enough of each that nobody needs to act twice."""

    bureau: Bureau
    clerks: tuple[Actor, ...]
    reviewers: tuple[Actor, ...]
    leaders: tuple[Actor, ...]

    @classmethod
    def of(cls, bureau: Bureau) -> Office:
        """Hire them; call it inside the scope of the system."""

        def people(role: str, count: int) -> tuple[Actor, ...]:
            return tuple(make_actor(bureau, role) for _ in range(count))

        return cls(bureau, people("clerk", 6), people("reviewer", 5), people("leader", 4))

    def open(self, *, materials: tuple[str, ...] = PAPERS, at: str = "2025-03-03", name: str = "示例申请人", **fields: Any) -> Case:
        """Receive an application at the counter."""
        return actions.open_case(
            "sample_grant", applicant=actions.Applicant(name), materials=materials, by=self.clerks[0], at=moment(at), **fields
        )

    def to_second_review(self, case: Case, *, at: str = "2025-03-04") -> Case:
        """Accept, review, and let the three departments agree."""
        when = moment(at)
        if case.stage == "accept":
            actions.accept(case, by=self.clerks[0], at=when)
        actions.decide(case, "first_review", "agree", data={"opinion": "符合"}, by=self.clerks[1], at=when)
        for step, clerk in zip(("police", "civil", "registry"), self.clerks[2:5], strict=True):
            case = actions.decide(case, step, "agree", by=clerk, at=when)
        return case

    def pass_checks(self, case: Case, *, at: str = "2025-03-04") -> None:
        """Every check is asked and answered with pass."""
        for check in actions.request_checks(case, by=self.clerks[5], at=moment(at)):
            actions.answer_check(check, Check.Result.PASS, by=self.clerks[5], at=moment(at))

    def to_publicity(self, case: Case, *, at: str = "2025-03-05") -> Case:
        """Up to the stage of publicity, not yet published."""
        case = self.to_second_review(case, at=at)
        self.pass_checks(case, at=at)
        return actions.decide(case, "second_review", "agree", by=self.reviewers[0], at=moment(at))

    def to_approval(self, case: Case, *, at: str = "2025-03-05", over: str = "2025-03-20") -> Case:
        """Published, run out, signed; the leader's approval is open."""
        case = self.to_publicity(case, at=at)
        actions.start_publicity(case, by=self.clerks[5], at=moment(at))
        actions.end_publicity(case, by=self.clerks[5], at=moment(over))
        actions.decide(case, "chief", "agree", by=self.reviewers[1], at=moment(over))
        return actions.decide(case, "director", "agree", by=self.leaders[0], at=moment(over))

    def to_the_end(self, case: Case, *, at: str = "2025-03-21") -> Case:
        """All the way to approval."""
        case = self.to_approval(case)
        return actions.decide(case, "approve", "agree", by=self.leaders[1], at=moment(at))
