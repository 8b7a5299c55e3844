"""The frame of every move: one transaction, the case locked, guards asked, rows written, one journal entry, handlers told."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.utils import timezone

from anju.kernel.access.actor import Actor
from anju.kernel.calendar.counting import counting_day
from anju.kernel.calendar.queries import working_days
from anju.kernel.calendar.workdays import WorkingDays
from anju.kernel.cases import hooks
from anju.kernel.cases.engine.clocks import publicity_over
from anju.kernel.cases.engine.situation import Officer, Situation
from anju.kernel.cases.matters.declaration import Matter
from anju.kernel.cases.models import Case, Move, Publicity, Task
from anju.kernel.cases.officers import acted_for, officer_for
from anju.kernel.cases.store.holdings import RowHoldings
from anju.kernel.cases.store.loading import load, task_of
from anju.kernel.cases.store.saving import MoveNote, Writer
from anju.kernel.errors import AnjuError
from anju.kernel.journal.actions import OpenEntry, action

MOST_TEXT = 4000


@dataclass
class Moving:
    """A case under lock, for one move. The action works out the situation `after` and calls `make`."""

    case: Case
    matter: Matter
    situation: Situation
    rows: dict[int, Task]
    by: Actor
    at: datetime.datetime
    on: datetime.date
    entry: OpenEntry
    calendar: int
    events: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    @property
    def repeated(self) -> bool:
        """The client's key was used before: nothing must be done again."""
        return self.entry.repeated

    @cached_property
    def officer(self) -> Officer:
        """The actor as the engine sees it."""
        return officer_for(self.by, self.case, self.situation, self.on)

    @cached_property
    def holdings(self) -> RowHoldings:
        """Papers, checks and publicity of the case."""
        return RowHoldings(self.case.pk, self.matter, self.situation, self.on)

    @cached_property
    def days(self) -> WorkingDays:
        """The working days of the case's region."""
        return working_days(self.case.region_code, version=self.calendar)

    def row(self, step: str, signer: int = 0) -> Task | None:
        """The task row of a seat that is alive."""
        return next((row for row in self.rows.values() if row.alive and (row.step, row.signer) == (step, signer)), None)

    def make(
        self,
        after: Situation,
        verb: str,
        *,
        task: Task | None = None,
        target: str = "",
        reason: str = "",
        text: str = "",
        data: Mapping[str, Any] | None = None,
        accepted_at: datetime.datetime | None = None,
    ) -> Move:
        """Write the move and remember what it means for the handlers. `accepted_at`: since when a silent acceptance counts."""
        before = self.situation
        step = task.step if task is not None else ""
        note = MoveNote(
            verb, task.pk if task is not None else None, step, target, reason, written(text), data or {}, self.by.staff_id, self.by.name,
            acted_for(self.officer, task_of(task)) if task is not None and task.alive else "", "", self.entry.number,
        )  # fmt: skip
        move = Writer(self.case, self.matter, self.rows, self.days, self.at, self.on, accepted_at).write(before, after, note)
        self.situation = after
        said = {"step": step, "choice": verb, "target": target, "reason": reason, "text": text, "data": data or {}}
        self.events += [(event, said) for event in _events(before, after, verb)]
        self.entry.data |= {"number": self.case.number, "move": move.seq, **({"step": step} if step else {}), "choice": verb}
        return move

    def lapse(self) -> None:
        """Bring up to date what ended by the passing of time: a publicity that has run its days lets the clocks go on from its last day."""
        if "publicity" not in self.situation.pauses:
            return
        row = Publicity.objects.filter(case=self.case, lapsed=False, ends_on__lt=self.on).order_by("-pk").first()
        if row is None:
            return
        row.lapsed = True
        row.save(update_fields=["lapsed"])
        on, self.on = self.on, row.ends_on
        self.make(publicity_over(self.situation), "publicity_over", text=f"公示期满（{row.starts_on}至{row.ends_on}）")
        self.on = on
        self.tell("publicity_ended")

    def tell(self, event: str, **said: Any) -> None:
        """Tell the handlers of one more event when the move is done."""
        self.events.append((event, said))


def _events(before: Situation, after: Situation, verb: str) -> Iterator[str]:
    if verb in ("agree", "refuse", "forward", "sign"):
        yield "decided"
    named = {
        "return": "returned", "notify": "noticed", "hand_in": "handed_in", "suspend": "suspended", "resume": "resumed",
        "extend": "extended", "reopen": "reopened",
    }  # fmt: skip
    if verb in named:
        yield named[verb]
    if after.accepted and not before.accepted:
        yield "accepted"
    if (after.stage, after.round) != (before.stage, before.round) and not after.final:
        yield "stage_entered"
    if after.final and not before.final:
        yield after.state.value


@contextmanager
def moving(
    case: Case | int, verb: str, *, by: Actor, key: str | None = None, at: datetime.datetime | None = None, reason: str = ""
) -> Iterator[Moving]:
    """One move of a case as one action. `at`: when it happened, now by default; never in the future, never before the last move."""
    number = case if isinstance(case, int) else case.pk
    with action(f"cases.{verb}", by=by, key=key, subject=f"cases_case:{number}", reason=reason[:500]) as entry:
        loaded = load(number, lock=not entry.repeated)
        held = loaded.case
        entry.region_code, entry.bureau_id = held.region_code, held.bureau_id
        moment = moment_of(at)
        frame = Moving(held, loaded.matter, loaded.situation, loaded.rows, by, moment, counting_day(moment), entry, loaded.calendar)
        if not entry.repeated:
            frame.lapse()
        yield frame
        if entry.repeated:
            return
        for event, said in frame.events:
            if hooks.listens(frame.matter.name, event):
                hooks.tell(
                    hooks.Happening(event, held, frame.matter, by, frame.on, held.stage, **{k: v for k, v in said.items() if v is not None})
                )


def moment_of(at: datetime.datetime | None) -> datetime.datetime:
    """The moment of a move: now, or when it happened. Raises AnjuError `cases.bad_moment` for the future."""
    now = timezone.now()
    if at is None:
        return now
    if timezone.is_naive(at) or at > now:
        raise AnjuError.of("cases.bad_moment", "办理时间不能晚于现在。", advice="请核对日期。")
    return at


def written(text: str) -> str:
    """What somebody wrote, fit to be stored. Raises AnjuError `cases.text_too_long`."""
    clean = text.replace("\x00", "").strip()
    if len(clean) > MOST_TEXT:
        raise AnjuError.of("cases.text_too_long", f"说明超过{MOST_TEXT}字。", advice="请精简，长文请作为附件。", where="说明")
    return clean
