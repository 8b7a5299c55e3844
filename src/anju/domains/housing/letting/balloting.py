"""The ballot: freeze the list, draw, and what is published of both. Anybody recomputes it with `verify_ballot.py`, as this room does."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

import polars as pl
from django.utils import timezone

from anju.domains.housing.acting import doing, held, home_of, settle, subject_of
from anju.domains.housing.letting import verify_ballot as published
from anju.domains.housing.letting.planning import ANNOUNCE, move
from anju.domains.housing.models import Candidate, Draw, Intention, Place, Pool, PriorityGroup, Round, WaitlistEntry
from anju.domains.housing.refusals import told
from anju.kernel.access.actor import Actor
from anju.kernel.crypto.kinds import mask
from anju.kernel.database.bulk import draw_ids, insert_rows
from anju.kernel.errors import AnjuError

State = Round.State


def freeze(one: Round, *, by: Actor, at: datetime | None = None, key: str | None = None) -> Pool:
    """封存名单: everybody who registered, still waits and was found fit, each in the first group that takes the household.

    Raises AnjuError `housing.everybody_is_rechecked`, `housing.frozen_before_the_seed`, `housing.empty_pool`, `housing.illegal_transition`.
    """
    moment = at or timezone.now()
    with doing("freeze_list", by=by, needs=ANNOUNCE, subject=subject_of(one), key=key) as entry:
        if entry.repeated:
            return Pool.objects.get(pk=entry.data["pool"])
        row = held(Round, one.pk, by)
        if row.state != State.ANNOUNCED:
            raise told("illegal_transition", row.get_state_display())
        day = timezone.localdate(moment)
        taking = _taking_part(row, day)
        if not taking:
            raise AnjuError.of("housing.empty_pool", "没有可以参加摇号的家庭。", where=row.round_no, advice="请先登记意向并完成复核。")
        groups = _grouped(row, [waiting.household_id for _, waiting, _ in taking], day)
        lines = sorted((groups[waiting.household_id], _cell(waiting.entry_no), name, intention.pk) for intention, waiting, name in taking)
        text = pool_text(row, [(group, code, name) for group, code, name, _ in lines])
        pool = Pool.objects.create(
            round=row, text=text, digest=published.digest(text.encode()), candidates=len(lines), frozen_at=moment, frozen_by=by.name,
            **home_of(by),
        )  # fmt: skip
        ids = draw_ids("housing_candidate", len(lines))
        insert_rows(
            "housing_candidate",
            pl.DataFrame(
                {
                    "id": ids,
                    "pool_id": [pool.pk] * len(lines),
                    "intention_id": [intention for *_, intention in lines],
                    "code": [code for _, code, *_ in lines],
                    "group": [group for group, *_ in lines],
                    "region_code": [row.region_code] * len(lines),
                    "bureau_id": [row.bureau_id] * len(lines),
                }
            ),
        )
        settle("is_the_fit")
        move(row, State.FROZEN)
        entry.data = {"pool": pool.pk, "digest": pool.digest, "candidates": len(lines)}
    return pool


def draw(
    one: Round, *, evidence: str, witness: str, by: Actor, event: str = "", secrets: tuple[str, str] | None = None,
    at: datetime | None = None, key: str | None = None,
) -> Draw:  # fmt: skip
    """摇号: the order that follows from the frozen list and the seed, whoever computes it. Once.

    `event`: what the announced event gave; or `secrets`: what bureau and witness had committed themselves to.
    Raises AnjuError `housing.secret_differs`, `housing.no_seed`, `housing.drawn_after_the_event`, `housing.illegal_transition`.
    """
    moment = at or timezone.now()
    if not evidence.strip() or not witness.strip():
        raise AnjuError.of(
            "housing.no_witness", "没有写种子凭证或见证人。", where="摇号", advice="写明种子的公开出处和到场的公证或见证人。"
        )
    with doing("draw_ballot", by=by, needs=ANNOUNCE, subject=subject_of(one), key=key) as entry:
        if entry.repeated:
            return Draw.objects.get(pk=entry.data["draw"])
        row = held(Round, one.pk, by)
        if row.state != State.FROZEN:
            raise told("illegal_transition", row.get_state_display())
        pool = Pool.objects.get(round=row)
        heads, seed = _seed(row, event, secrets)
        lines = list(Candidate.objects.filter(pool=pool).values_list("group", "code", "pk"))
        numbers = {code: number for _, code, number in lines}
        right = published.order(pool.digest, seed, [(group, code) for group, code, _ in lines])
        text = result_text(pool.digest, heads, right)
        made = Draw.objects.create(
            pool=pool, algorithm=published.ALGORITHM, seed=seed, evidence=evidence, text=text, digest=published.digest(text.encode()),
            drawn_at=moment, drawn_by=by.name, witness=witness, **home_of(by),
        )  # fmt: skip
        insert_rows(
            "housing_place",
            pl.DataFrame(
                {
                    "draw_id": [made.pk] * len(right),
                    "candidate_id": [numbers[code] for _, code in right],
                    "position": list(range(1, len(right) + 1)),
                    "region_code": [row.region_code] * len(right),
                    "bureau_id": [row.bureau_id] * len(right),
                }
            ),
        )
        settle("is_a_permutation")
        move(row, State.DRAWN)
        entry.data = {"draw": made.pk, "seed": seed, "digest": made.digest}
    return made


def pool_text(row: Round, lines: Iterable[tuple[int, str, str]]) -> str:
    """The published list: what was announced of the ballot, then group, number and masked name of every candidate."""
    rows = list(lines)
    if row.seed_kind == Round.SeedKind.EVENT:
        seed = f"event\t{published.plain(row.event)}\t{row.event_on}"
    else:
        seed = f"commitments\t{row.bureau_commitment}\t{row.witness_commitment}"
    heads = [
        published.POOL,
        f"round\t{_cell(row.round_no)}\t{_cell(row.name)}",
        f"document\t{_cell(row.document)}",
        f"algorithm\t{published.ALGORITHM}",
        f"seed\t{seed}",
        f"candidates\t{len(rows)}",
    ]
    return "\n".join([*heads, "", *(f"{group}\t{_cell(code)}\t{_cell(name)}" for group, code, name in rows), ""])


def result_text(pool_digest: str, seed: str, right: Iterable[tuple[int, str]]) -> str:
    """The published result: which list, which seed, then the order."""
    rows = [f"{position}\t{group}\t{code}" for position, (group, code) in enumerate(right, 1)]
    return "\n".join([published.RESULT, f"pool\t{pool_digest}", seed, "", *rows, ""])


def places(one: Draw) -> list[Place]:
    """The order, with who stands there."""
    return list(
        Place.objects.filter(draw=one).select_related("candidate__intention__entry__household", "allocation__unit").order_by("position")
    )


def _taking_part(row: Round, day: date) -> list[tuple[Intention, WaitlistEntry, str]]:
    """Intentions found fit of households that still wait, with the applicant's masked name."""
    fit = Intention.objects.filter(round=row, recheck=Intention.Recheck.FIT, entry__state="waiting", entry__expires_on__gte=day)
    rows = list(fit.select_related("entry__application__applicant").order_by("pk"))
    return [(one, one.entry, mask("name", one.entry.application.applicant.name)) for one in rows]


def _grouped(row: Round, households: list[int], day: date) -> dict[int, int]:
    """The group each household is drawn in: the first that names one of its priorities that day, else the one for everybody."""
    mine: dict[int, set[str]] = {household: set() for household in households}
    held_now = PriorityGroup.objects.filter(household__in=households, from_date__lte=day)
    for household, group, until in held_now.values_list("household_id", "group", "to_date"):
        if until is None or until >= day:
            mine[household].add(group)
    groups = list(row.groups.order_by("ordinal"))
    return {
        household: next(group.ordinal for group in groups if not group.priorities or names & set(group.priorities))
        for household, names in mine.items()
    }


def _seed(row: Round, event: str, secrets: tuple[str, str] | None) -> tuple[str, str]:
    """The line of the result file that names the seed, and the seed."""
    if row.seed_kind == Round.SeedKind.EVENT:
        seed = published.plain(event)
        if not seed:
            raise AnjuError.of("housing.no_seed", "没有写公开事件的结果。", where=row.event, advice="照公开发布的原文填写。")
        return f"seed\t{seed}", seed
    if secrets is None:
        raise AnjuError.of("housing.no_seed", "没有双方的秘密。", where="种子", advice="请主管部门和见证方当场公布各自的秘密。")
    for who, secret, promise in zip(("主管部门", "见证方"), secrets, (row.bureau_commitment, row.witness_commitment), strict=True):
        if "\t" in secret or "\n" in secret or published.digest(secret.encode()) != promise:
            raise AnjuError.of("housing.secret_differs", f"{who}的秘密与承诺值不符。", where=who, advice="请逐字核对，大小写和空格都算。")
    return f"secrets\t{secrets[0]}\t{secrets[1]}", published.joint_seed(*secrets)


def _cell(text: str) -> str:
    return published.plain(text)
