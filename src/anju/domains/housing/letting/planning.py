"""The verbs of a round before its ballot: plan, announce, register intentions, re-check."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from anju.domains.housing.acting import doing, held, home_of, subject_of
from anju.domains.housing.models import Intention, LettingUnit, Round, RoundGroup, RoundUnit, WaitlistEntry
from anju.domains.housing.refusals import told
from anju.domains.housing.rules.words import PRIORITY_GROUPS
from anju.kernel.access.actor import Actor
from anju.kernel.errors import AnjuError
from anju.kernel.parameters.basis import Basis

LET, ANNOUNCE = "housing.let", "housing.announce_letting"
RECHECK_DAYS = "housing.letting.recheck_days"
State = Round.State


@dataclass(frozen=True, slots=True)
class Plan:
    """What an allocation plan says (令11号第十一条). With `event` the seed is its result on `event_on`, else two parties commit."""

    round_no: str
    name: str
    document: str
    scope: str
    rent: str
    intention_until: date
    witness: str
    event: str = ""
    event_on: date | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Who is drawn together. Without `priorities` it is everybody else."""

    name: str
    priorities: tuple[str, ...] = ()
    floor_most: int | None = None


def plan(text: Plan, groups: Iterable[Group], units: Iterable[LettingUnit], *, by: Actor, key: str | None = None) -> Round:
    """Draft a round. Raises AnjuError `housing.plan_is_whole`, `housing.letting_unit_in_one_round`."""
    asked, homes = list(groups), list(units)
    if not homes or [bool(group.priorities) for group in asked].count(False) != 1 or not asked or asked[-1].priorities:
        raise told("plan_is_whole")
    unknown = [one for group in asked for one in group.priorities if one not in PRIORITY_GROUPS]
    if unknown:
        raise AnjuError.of("housing.no_such_priority", f"没有优先类别“{unknown[0]}”。", where="组别")
    with doing("plan_letting", by=by, needs=LET, key=key) as entry:
        if entry.repeated:
            return Round.objects.get(pk=entry.data["round"])
        home = home_of(by)
        made = Round.objects.create(
            round_no=text.round_no, name=text.name, document=text.document, scope=text.scope, rent=text.rent,
            intention_until=text.intention_until, witness=text.witness, event=text.event, event_on=text.event_on,
            seed_kind=Round.SeedKind.EVENT if text.event else Round.SeedKind.COMMITMENTS, **home,
        )  # fmt: skip
        for place, group in enumerate(asked, 1):
            RoundGroup.objects.create(
                round=made, ordinal=place, name=group.name, priorities=list(group.priorities), floor_most=group.floor_most, **home
            )
        for unit in homes:
            RoundUnit.objects.create(round=made, unit=held(LettingUnit, unit.pk, by), **home)
        entry.subject, entry.data = subject_of(made), {"round": made.pk, "units": len(homes), "groups": len(asked)}
    return made


def announce(one: Round, *, on: date, by: Actor) -> Round:
    """公布配租方案: from here on its terms stand. Every home of it is vacant."""
    with doing("announce_letting", by=by, needs=ANNOUNCE, subject=subject_of(one)):
        return move(held(Round, one.pk, by), State.ANNOUNCED, announced_on=on)


def commit(one: Round, *, bureau: str, witness: str, by: Actor) -> Round:
    """The digests (SHA-256, hex) of the two secrets, before the list is frozen; neither is changed afterwards."""
    for name, value in (("主管部门承诺值", bureau), ("见证方承诺值", witness)):
        if not re.fullmatch(r"[0-9a-f]{64}", value):
            raise AnjuError.of("housing.no_commitment", f"{name}不是 SHA-256 摘要。", where=name, advice="应为64位小写十六进制。")
    with doing("commit_seed", by=by, needs=ANNOUNCE, subject=subject_of(one)) as entry:
        row = held(Round, one.pk, by)
        row.bureau_commitment, row.witness_commitment = bureau, witness
        row.save(update_fields=["bureau_commitment", "witness_commitment"])
        entry.data = {"bureau": bureau, "witness": witness}
    return row


def intend(one: Round, waiting: WaitlistEntry, *, on: date, by: Actor) -> Intention:
    """意向登记: a waiting household takes part.

    Raises AnjuError `housing.intention_in_time`, `housing.only_who_waits`, `housing.one_intention_a_round`.
    """
    with doing("register_intention", by=by, needs=LET, subject=subject_of(one)) as entry:
        held(Round, one.pk, by)
        made = Intention.objects.create(round=one, entry=held(WaitlistEntry, waiting.pk, by), registered_on=on, **home_of(by))
        entry.data = {"entry": waiting.pk}
    return made


def recheck(one: Intention, *, fit: bool, on: date, by: Actor, reason: str = "") -> Intention:
    """配租前复核 (令11号第十二条): still fit or not, with a written reason if not. It holds for the local number of days."""
    if not fit and not reason.strip():
        raise told("unfit_for_a_reason")
    with doing("recheck_intention", by=by, needs=LET, subject=f"housing_round:{one.round_id}", reason=reason) as entry:
        row = held(Intention, one.pk, by)
        row.recheck, row.rechecked_on, row.reason = (Intention.Recheck.FIT if fit else Intention.Recheck.UNFIT), on, reason
        row.valid_until = on + timedelta(days=Basis.on(on, row.region_code).integer(RECHECK_DAYS)) if fit else None
        row.save(update_fields=["recheck", "rechecked_on", "reason", "valid_until"])
        entry.data = {"entry": row.entry_id, "fit": fit}
    return row


def cancel(one: Round, *, reason: str, by: Actor) -> Round:
    """A round that is not drawn yet is called off; its homes are free again."""
    if not reason.strip():
        raise AnjuError.of("housing.no_reason", "没有写理由。", where="理由", advice="写明依据，理由随动作留痕。")
    with doing("cancel_letting", by=by, needs=ANNOUNCE, subject=subject_of(one), reason=reason):
        return move(held(Round, one.pk, by), State.CANCELLED)


def move(row: Round, state: str, **changes: object) -> Round:
    """The round in its next state; the table of transitions is the database's."""
    if row.state == state:
        raise told("illegal_transition", row.get_state_display())
    for name, value in changes.items():
        setattr(row, name, value)
    row.state = state
    row.version += 1
    row.save(update_fields=[*changes, "state", "version"])
    return row
