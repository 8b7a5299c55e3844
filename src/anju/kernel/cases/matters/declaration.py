"""A matter once its page has been read: stages, steps, materials, clocks. Plain immutable data that knows no table and no clock."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from anju.kernel.calendar.spans import Span

APPLICANT = "applicant"
"""The return target that is nobody of the house: the case goes back for missing material."""


@dataclass(frozen=True, slots=True)
class Term:
    """A length of time: a span with the document that says so, or the name of a dated parameter."""

    span: Span | None = None
    source: str = ""
    parameter: str = ""

    def __str__(self) -> str:
        return self.parameter or (self.span.words if self.span else "")


@dataclass(frozen=True, slots=True)
class Material:
    """A paper the applicant hands in. `at`: the stage that asks for it; `when`: only where this condition over the case's data holds.

    `may_follow`: it may be promised and handed in later (容缺), within this time from acceptance.
    `late`: what a broken promise does: `terminate` the case, or leave it `overdue`.
    """

    code: str
    title: str
    required: bool = True
    when: str = ""
    at: str = "accept"
    may_follow: Term | None = None
    late: str = "terminate"
    accept: tuple[str, ...] = ("pdf", "jpg", "png")
    personal: bool = False
    help: str = ""


@dataclass(frozen=True, slots=True)
class FormField:
    """Something a step asks the officer besides the decision. `type`: text, integer, money, area, date, choice, flag."""

    name: str
    label: str
    type: str = "text"
    required: bool = False
    choices: Mapping[str, str] = field(default_factory=dict)
    help: str = ""


@dataclass(frozen=True, slots=True)
class Publicity:
    """A publicity period (公示): at least `days`, shown on `channels`; objections are settled within `settle_within`."""

    days: Term
    channels: tuple[str, ...] = ()
    settle_within: Term | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One seat of a stage: who decides, how long they have, what they may decide.

    `upper`: decided by a bureau above the case's own (a city's check of a county's case), not by the own one.
    `returns`: the targets of a return (stage, step or `applicant`). `straight`: a case this step returned comes straight back to it.
    `checks`: types of check task (并联核查) that must have passed before this step may agree.
    """

    code: str
    title: str
    stage: str
    role: str
    upper: bool = False
    department: str = ""
    limit: Term | None = None
    decisions: Mapping[str, str] = field(default_factory=dict)
    returns: tuple[str, ...] = ()
    straight: bool = False
    forwards: tuple[str, ...] = ()
    on_return: str = ""
    not_same_person_as: tuple[str, ...] = ()
    fields: tuple[FormField, ...] = ()
    checks: tuple[str, ...] = ()
    issues: tuple[str, ...] = ()
    verb: str = ""
    help: str = ""


@dataclass(frozen=True, slots=True)
class Stage:
    """A place in the line. One step, or several `together`; at most one stage holds a case.

    `level`: its number among the levels of review, None when it is none (the two-person rule looks at neighbouring levels).
    `on_refusal`: `refuse` ends the case, `go_on` takes a refusal as an opinion, anything else is the stage it is returned to.
    `early`: ends as soon as its result is certain. `when`: only for cases whose data satisfy it. `by_forward`: entered only when
    forwarded to. `off_clock`: the reason for which its time is not counted (行政许可法第四十五条), empty when it is counted.
    """

    code: str
    title: str
    steps: tuple[Step, ...]
    together: str = "one"
    needed: int = 0
    on_return: str = "redo_all"
    on_refusal: str = "refuse"
    early: bool = False
    level: int | None = None
    when: str = ""
    by_forward: bool = False
    off_clock: str = ""
    publicity: Publicity | None = None

    @property
    def is_accept(self) -> bool:
        return self.code == "accept"

    @property
    def alone(self) -> bool:
        return self.together == "one"


@dataclass(frozen=True, slots=True)
class Supplement:
    """The one-time notice (一次性告知): how often before acceptance, and how long the applicant has; `late`: withdraw or keep."""

    times: int = 1
    within: Term | None = None
    late: str = "withdraw"


@dataclass(frozen=True, slots=True)
class Extension:
    """How a case clock may be extended by approval."""

    limit: Term
    role: str
    times: int = 1


@dataclass(frozen=True, slots=True)
class CaseClock:
    """The clock of the whole case: the promised limit, the statutory one, and the reasons for which it stands still."""

    limit: Term
    statutory: Term | None = None
    stops_for: tuple[str, ...] = ()
    extension: Extension | None = None


@dataclass(frozen=True, slots=True)
class Reopening:
    """Who may take a finished case up again, and at which stages."""

    role: str
    to: tuple[str, ...]
    reasons: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Matter:
    """A kind of case. `prefix`: the letters of its case numbers. `data`: names a condition may speak of, with their kind.

    `page` is what was read, `lines` the place of everything on it.
    `silence_accepts`: not told within the limit of `accept`, the application counts as accepted (逾期不告知视为受理, 行政许可法第三十二条).
    """

    name: str
    title: str
    prefix: str
    slice: str
    version: str
    applicants: tuple[str, ...]
    source: str
    stages: tuple[Stage, ...]
    materials: tuple[Material, ...] = ()
    clock: CaseClock | None = None
    supplement: Supplement = Supplement()
    silence_accepts: bool = True
    refusals: Mapping[str, str] = field(default_factory=dict)
    withdraw_until: str = ""
    suspensions: Mapping[str, str] = field(default_factory=dict)
    terminations: Mapping[str, str] = field(default_factory=dict)
    reopening: Reopening | None = None
    checks: Mapping[str, CheckType] = field(default_factory=dict)
    outcomes: Mapping[str, str] = field(default_factory=dict)
    data: Mapping[str, str] = field(default_factory=dict)
    terminate_role: str = ""
    where: str = ""
    page: Mapping[str, Any] = field(default_factory=dict)
    lines: Mapping[tuple[str | int, ...], str] = field(default_factory=dict)

    def __hash__(self) -> int:
        return hash((self.name, self.version))

    @cached_property
    def by_stage(self) -> dict[str, Stage]:
        """The stages by code."""
        return {stage.code: stage for stage in self.stages}

    @cached_property
    def by_step(self) -> dict[str, Step]:
        """The steps of all stages by code; codes are unique in a matter."""
        return {step.code: step for stage in self.stages for step in stage.steps}

    @cached_property
    def order(self) -> dict[str, int]:
        """Where each stage stands in the line, from 0."""
        return {stage.code: place for place, stage in enumerate(self.stages)}

    def stage(self, code: str) -> Stage:
        """A stage by code. Raises KeyError."""
        return self.by_stage[code]

    def step(self, code: str) -> Step:
        """A step by code. Raises KeyError."""
        return self.by_step[code]

    def material(self, code: str) -> Material | None:
        """A material by code, None when there is no such one."""
        return next((one for one in self.materials if one.code == code), None)

    @property
    def first(self) -> Stage:
        """Where every case begins."""
        return self.stages[0]

    @property
    def has_acceptance(self) -> bool:
        """Whether the case has to be accepted first; without, it is accepted by being opened (ex officio)."""
        return self.first.is_accept


@dataclass(frozen=True, slots=True)
class CheckType:
    """A kind of parallel check (并联核查): who answers, how long they have, how long an answer is good for."""

    code: str
    title: str
    department: str = ""
    limit: Term | None = None
    valid_for: Term | None = None
    when: str = ""
