"""Random matters and random walks of cases through them: what the property tests of casework drive."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from random import Random
from typing import Any

import yaml

from anju.kernel.calendar.clock import Clock, Limit
from anju.kernel.calendar.workdays import WorkingDays
from anju.kernel.cases.engine import clocks, deciding, handing_on, lifting, supplementing
from anju.kernel.cases.engine.acting import find_task
from anju.kernel.cases.engine.deciding import Decision
from anju.kernel.cases.engine.refusing import refuse, require_state
from anju.kernel.cases.engine.situation import Officer, PublicityState, Situation, State, Task, TaskState
from anju.kernel.cases.matters.declaration import APPLICANT, Matter
from anju.kernel.cases.matters.reading import read_matters
from anju.kernel.cases.matters.returning import targets_of
from anju.kernel.cases.store.clocks import used_days
from anju.kernel.cases.store.terms import SUSPENSION

ROLES = ("clerk", "reviewer", "leader")
ON_RETURN = ("redo_all", "keep_others", "redo_refused")


def random_page(dice: Random, *, name: str = "walk") -> dict[str, Any]:
    """A page of YAML, as data, that declares a valid matter: acceptance or none, 1 to 5 further stages of every kind."""
    stages: list[dict[str, Any]] = []
    if dice.random() < 0.8:
        stages.append({"accept": {"role": "clerk", "limit": "5wd"}})
    for number in range(dice.randint(1 if stages else 2, 5)):
        code = f"s{number}"
        earlier = [next(iter(stage)) for stage in stages]
        stages.append({code: _stage(dice, code, earlier, last=False)})
    if dice.random() < 0.4:
        _add_detour(dice, stages)
    page = {
        "name": "随机事项", "prefix": "WK", "version": "2026-01", "applicants": ["person"], "source": "示例办法",
        "refusals": {"unfit": "不符合条件"}, "suspend_for": ["litigation"], "data": {"amount": "number"},
        "clock": {"limit": "90wd", "stops_for": ["supplement", "publicity", "site_visit", "expert_review"]},
        "supplement": {"within": "15wd"} if dice.random() < 0.5 else "once",
        "reopen": {"role": "leader", "to": dice.sample([next(iter(stage)) for stage in stages], k=min(2, len(stages)))},
        "stages": stages,
    }  # fmt: skip
    return {name: page}


def _stage(dice: Random, code: str, earlier: list[str], *, last: bool) -> dict[str, Any]:
    kind = dice.choice(["one", "one", "all", "any", "at_least", "in_order", "publicity"])
    body: dict[str, Any] = {"name": f"阶段{code}"}
    if kind == "publicity":
        return body | {"role": dice.choice(ROLES), "publicity": {"days": "5cd"}}
    if dice.random() < 0.15 and earlier:
        body["when"] = "amount > 100"
    if dice.random() < 0.15:
        body["off_clock"] = "expert_review"
    if dice.random() < 0.2 and earlier:
        body["on_refusal"] = dice.choice(["go_on", *earlier])
    if kind == "one":
        return body | _step(dice, earlier)
    count = dice.randint(2, 4)
    body["together"] = {"at_least": dice.randint(1, count)} if kind == "at_least" else kind
    body["on_return"] = dice.choice(ON_RETURN)
    if dice.random() < 0.3:
        body["early"] = dice.random() < 0.5
    body["steps"] = {f"{code}_{letter}": {"name": f"{code}{letter}", **_step(dice, earlier)} for letter in "abcd"[:count]}
    if dice.random() < 0.3:
        body["steps"][f"{code}_a"]["on_return"] = dice.choice(ON_RETURN)
    return body


def _step(dice: Random, earlier: list[str]) -> dict[str, Any]:
    step: dict[str, Any] = {"role": dice.choice(ROLES)}
    if dice.random() < 0.7:
        step["limit"] = dice.choice(["2wd", "5wd", "10cd", "1mo"])
    if dice.random() < 0.4 and earlier:
        step["returns"] = dice.sample([*earlier, APPLICANT], k=dice.randint(1, min(3, len(earlier) + 1)))
    elif dice.random() < 0.2:
        step["decisions"] = ["agree", "refuse"]
    if dice.random() < 0.3:
        step["after_return"] = "straight"
    return step


def _add_detour(dice: Random, stages: list[dict[str, Any]]) -> None:
    """A stage at the end that is entered only by forwarding from a single step before it."""
    singles = [stage for stage in stages if "steps" not in (body := next(iter(stage.values()))) and "publicity" not in body]
    singles = [stage for stage in singles if next(iter(stage)) != "accept"]
    if singles:
        body = next(iter(dice.choice(singles).values()))
        body["forwards"] = ["meeting"]
        body.pop("decisions", None)
        stages.append({"meeting": {"name": "会议研究", "role": "leader", "by_forward": True}})


def random_matter(dice: Random, *, name: str = "walk") -> tuple[Matter, str]:
    """A valid matter and the page it was read from."""
    text = yaml.safe_dump(random_page(dice, name=name), allow_unicode=True, sort_keys=False)
    return read_matters(text, file="walk.yaml", slice="test")[0], text


@dataclass
class MemoryHoldings:
    """Publicity of tasks by their number; no papers, no checks."""

    situation: Situation | None = None
    periods: dict[int, PublicityState] = field(default_factory=dict)

    def lacking(self, stage: str) -> Sequence[str]:
        return ()

    def promised(self) -> Sequence[str]:
        return ()

    def unchecked(self, step: str) -> Sequence[str]:
        return ()

    def publicity(self) -> PublicityState | None:
        assert self.situation is not None
        alive = next((task.row for task in self.situation.alive if task.signer == 0), None)
        return None if alive is None else self.periods.get(alive)


@dataclass(frozen=True)
class Try:
    """A move somebody tries: the verb, who, and with what."""

    verb: str
    officer: Officer
    step: str = ""
    signer: int = 0
    choice: str = ""
    to: str = ""
    other: Officer | None = None


@dataclass
class Walk:
    """One case in memory: its situation, its clocks, its calendar, and every move that was made."""

    matter: Matter
    days: WorkingDays
    today: datetime.date
    situation: Situation
    holdings: MemoryHoldings = field(default_factory=MemoryHoldings)
    clocks: dict[object, list[Clock]] = field(default_factory=dict)
    made: list[tuple[datetime.date, Try]] = field(default_factory=list)
    opened: dict[int, datetime.date] = field(default_factory=dict)
    rows: int = 0

    @classmethod
    def begin(cls, matter: Matter, days: WorkingDays, today: datetime.date, data: dict[str, Any]) -> Walk:
        """A new case."""
        walk = cls(matter, days, today, lifting.begin(matter, data))
        walk._keep(None, walk.situation, today)
        return walk

    def make(self, attempt: Try) -> None:
        """Make the move, or raise AnjuError and change nothing."""
        self.lapse()
        before = self.situation
        self.holdings.situation = before
        after = self.after(attempt)
        silent = attempt.verb == "silence"
        since = next(self.opened[task.row or 0] for task in before.alive if task.step == "accept") if silent else None
        self._keep(before, after, self.today, since)
        self.made.append((self.today, attempt))
        if attempt.verb == "publish":
            seat = next(task for task in self.situation.alive if task.signer == 0)
            assert seat.row is not None
            self.holdings.periods[seat.row] = PublicityState(self.today + datetime.timedelta(days=5))

    def after(self, attempt: Try) -> Situation:
        """What the engine makes of a move."""
        matter, now, officer = self.matter, self.situation, attempt.officer
        match attempt.verb:
            case "decide":
                decision = Decision(attempt.step, attempt.choice, attempt.signer, attempt.to, "unfit", "理由")
                return deciding.decide(matter, now, decision, by=officer, holdings=self.holdings, today=self.today)
            case "notify":
                return supplementing.notify(matter, now, attempt.step, ["缺页"], by=officer)
            case "hand_in":
                return supplementing.hand_in(matter, now)
            case "silence":
                return supplementing.accept_by_silence(matter, now)
            case "claim":
                return handing_on.claim(matter, now, attempt.step, attempt.signer, by=officer)
            case "release":
                return handing_on.release(matter, now, attempt.step, by=officer)
            case "transfer":
                assert attempt.other is not None
                return handing_on.transfer(matter, now, attempt.step, attempt.signer, to=attempt.other, by=officer, assigning=True)
            case "add_signer":
                assert attempt.other is not None
                return handing_on.add_signer(matter, now, attempt.step, attempt.to, signer=attempt.other, by=officer)
            case "suspend":
                return lifting.suspend(matter, now, "litigation")
            case "resume":
                return lifting.resume(now)
            case "withdraw":
                return lifting.withdraw(matter, now)
            case "terminate":
                return lifting.terminate(matter, now, "duplicate")
            case "reopen":
                return lifting.reopen(matter, now, attempt.to, "mistake", by=officer)
            case "pause":
                return clocks.pause(matter, now, "site_visit")
            case "unpause":
                return clocks.unpause(now, "site_visit")
            case "publish":
                return self._published()
        raise AssertionError(attempt.verb)

    def _published(self) -> Situation:
        require_state(self.situation, State.RUNNING, doing="公示")
        find_task(self.matter, self.situation, self.situation.stage)
        if self.matter.stage(self.situation.stage).publicity is None or self.holdings.publicity() is not None:
            refuse("no_publicity_here", "不是公示阶段。")
        return clocks.publish(self.matter, self.situation)

    def lapse(self) -> None:
        """A publicity that has run its days lets the clocks go on from its last day."""
        self.holdings.situation = self.situation
        period = self.holdings.publicity()
        if "publicity" in self.situation.pauses and period is not None and period.ends_on < self.today:
            self._keep(self.situation, clocks.publicity_over(self.situation), period.ends_on)

    def _keep(self, before: Situation | None, after: Situation, on: datetime.date, since: datetime.date | None = None) -> None:
        """Take the new situation: number new tasks, carry out the orders for clocks. `since`: when the case clock starts."""
        wanted = list(clocks.orders(self.matter, before, after))
        numbered: dict[int, Task] = {}
        tasks = []
        for task in after.tasks:
            if task.row is None:
                self.rows += 1
                self.opened[self.rows] = on
                numbered[id(task)] = replace(task, row=self.rows)
                tasks.append(numbered[id(task)])
            else:
                tasks.append(task)
        for order in wanted:
            whose: object = "case" if order.task is None else (order.task.row or numbered[id(order.task)].row)
            if order.kind == "start":
                assert order.limit is not None
                assert order.limit.span is not None
                self.clocks.setdefault(whose, []).append(Clock(Limit(order.limit.span)).start(since if since and whose == "case" else on))
                continue
            line = self.clocks.get(whose)
            if line is None:
                continue  # a step without a limit
            if order.kind == "stop":
                line[-1] = line[-1].suspend(on, order.reason if order.reason != "litigation" else SUSPENSION)
            elif order.kind == "go":
                line[-1] = line[-1].resume(on)
            else:
                line[-1] = line[-1].finish(on)
        self.situation = replace(after, tasks=tuple(tasks))

    def used(self, clock: Clock) -> int | None:
        """Days used of a clock, until today or its end."""
        return used_days(clock, self.days, clock.finished_on or self.today)


def person(number: int, roles: tuple[str, ...] = ROLES) -> Officer:
    """A member of staff who holds these roles."""
    return Officer(f"人员{number}", number, frozenset(roles))


def random_try(dice: Random, walk: Walk, people: Sequence[Officer]) -> Try:
    """Any move at all, legal or not, more often one that might be."""
    now = walk.situation
    officer = dice.choice(people)
    alive = list(now.alive)
    if now.state == State.SUPPLEMENTING and dice.random() < 0.5:
        return Try("hand_in", officer)
    if now.state == State.SUSPENDED and dice.random() < 0.5:
        return Try("resume", officer)
    if now.final and dice.random() < 0.5 and walk.matter.reopening is not None:
        return Try("reopen", officer, to=dice.choice(walk.matter.reopening.to))
    if alive and dice.random() < 0.8:
        return _on_task(dice, walk, people, officer, dice.choice(alive))
    verb = dice.choice(
        ["hand_in", "silence", "suspend", "resume", "pause", "unpause", "publish", "withdraw" if dice.random() < 0.1 else "publish",
         "terminate" if dice.random() < 0.1 else "unpause"]
    )  # fmt: skip
    return Try(verb, officer)


def _on_task(dice: Random, walk: Walk, people: Sequence[Officer], officer: Officer, task: Task) -> Try:
    if task.holder is not None and dice.random() < 0.8:
        officer = next((one for one in people if one.staff == task.holder), officer)
    seat: dict[str, Any] = {"step": task.step, "signer": task.signer}
    verb = dice.choice(["decide"] * 7 + ["claim", "release", "transfer", "add_signer", "notify", "publish"])
    if verb == "decide":
        choice = dice.choice(["agree"] * 5 + ["refuse", "return", "return", "forward"])
        step = walk.matter.step(task.step)
        to = ""
        if choice == "return":
            allowed = [rule.target for rule in targets_of(walk.matter, step)] or ["accept"]
            to = dice.choice(allowed if dice.random() < 0.9 else list(walk.matter.by_step))
        elif choice == "forward":
            to = dice.choice(step.forwards) if step.forwards else "meeting"
        return Try("decide", officer, choice=choice, to=to, **seat)
    if verb in ("transfer", "add_signer"):
        return Try(verb, officer, other=dice.choice(people), to=dice.choice(["before", "parallel", "after"]), **seat)
    return Try(verb, officer, **seat)


def finish(walk: Walk, *, most: int = 400) -> None:
    """Drive a case to its end with people who never acted on it. Raises AssertionError when that is impossible: it is stuck."""
    fresh = 10_000
    for _ in range(most):
        now = walk.situation
        if now.final:
            return
        fresh += 1
        newcomer = person(fresh)
        walk.make(_next(walk, newcomer))
        walk.today += datetime.timedelta(days=1)
    raise AssertionError(f"not finished: {walk.situation}")


def _next(walk: Walk, newcomer: Officer) -> Try:
    now = walk.situation
    if now.state == State.SUSPENDED:
        return Try("resume", newcomer)
    if now.state == State.SUPPLEMENTING:
        return Try("hand_in", newcomer)
    task = next(task for task in now.alive if task.state == TaskState.OPEN)
    seat: dict[str, Any] = {"step": task.step, "signer": task.signer}
    if walk.matter.stage(now.stage).publicity is not None and not task.signer:
        walk.holdings.situation = now
        period = walk.holdings.publicity()
        if period is None:
            return Try("publish", newcomer)
        walk.today = max(walk.today, period.ends_on + datetime.timedelta(days=1))
    if task.holder is not None:
        return (
            Try("transfer", newcomer, other=newcomer, **seat)
            if task.holder < 10_000
            else Try("decide", person(task.holder), choice="agree", **seat)
        )
    choice = "agree" if "agree" in walk.matter.step(task.step).decisions else "refuse"
    return Try("decide", newcomer, choice=choice, **seat)
