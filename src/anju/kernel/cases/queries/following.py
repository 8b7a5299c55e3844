"""Following a case from outside: with its number and a code, and nothing a citizen should not see."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from cryptography.hazmat.primitives.hashes import SM3, Hash
from django.db import transaction
from django.utils import timezone

from anju.kernel.access.scope import Scope, using_scope
from anju.kernel.cases.matters.published import matter_of
from anju.kernel.cases.models import Case, CaseClock, FollowFailure, Notice, Outcome, Publicity
from anju.kernel.cases.secrets import fits
from anju.kernel.crypto.kinds import mask
from anju.kernel.errors import AnjuError

WINDOW = datetime.timedelta(minutes=15)
MOST_FAILURES = 5
MOST_FROM_ADDRESS = 30


@dataclass(frozen=True, slots=True)
class Followed:
    """What a citizen may see: where the application stands, what is asked for, until when, how it ended. No names of officers.

    `applicant` is masked; `line`: (title, done | here | ahead) of every stage the case has or will see.
    """

    number: str
    title: str
    applicant: str
    state: str
    state_label: str
    received_at: datetime.datetime
    accepted_at: datetime.datetime | None
    completed_at: datetime.datetime | None
    due_on: datetime.date | None
    line: list[tuple[str, str]]
    asked_for: list[str]
    asked_until: datetime.date | None
    published_until: datetime.date | None
    conclusion: str
    outcomes: list[tuple[str, str]]
    case_id: int
    region_code: str
    bureau_id: int


def follow(number: str, code: str, *, address: str = "") -> Followed:
    """The state of a case for whoever holds its code. `address`: where the question comes from, for the limit on attempts.

    Raises AnjuError `cases.not_followed` (wrong number or code, told alike), `cases.too_many_attempts` after five wrong ones in 15 minutes.
    """
    with using_scope(Scope.system()):
        keys = (digest_of(f"case {number}"), digest_of(f"address {address}"))
        require_few(
            list(zip(keys, (MOST_FAILURES, MOST_FROM_ADDRESS), strict=True)),
            "输错次数过多，请15分钟后再试。",
            "查询码丢失的，请携带身份证到窗口重取。",
        )
        case = Case.objects.select_related("matter_version").filter(number=number.strip()).first()
        if case is None or not fits(case.follow_digest, case.number, code):
            with transaction.atomic():
                FollowFailure.objects.bulk_create(FollowFailure(key=key, at=timezone.now()) for key in keys)
            raise AnjuError.of("cases.not_followed", "案号或查询码不对。", advice="请核对受理凭证上的案号和查询码。")
        return _followed(case)


def require_few(limits: list[tuple[str, int]], what: str, advice: str) -> None:
    """Raise AnjuError `cases.too_many_attempts` when one of these keys was counted so often in the last quarter of an hour."""
    since = timezone.now() - WINDOW
    if any(FollowFailure.objects.filter(key=key, at__gte=since).count() >= most for key, most in limits):
        raise AnjuError.of("cases.too_many_attempts", what, advice=advice)


def digest_of(text: str) -> str:
    """What a limit counts by: nothing of who asked can be read from it."""
    digest = Hash(SM3())
    digest.update(text.encode())
    return digest.finalize().hex()


def _followed(case: Case) -> Followed:
    matter = matter_of(case.matter_version.digest)
    here = matter.order[case.stage]
    clock = CaseClock.objects.filter(case=case).order_by("-run").first()
    notice = Notice.objects.filter(case=case).order_by("-pk").first() if case.state == "supplementing" else None
    published = Publicity.objects.filter(case=case).order_by("-pk").first()
    shown = [stage for stage in matter.stages if not stage.by_forward or stage.code == case.stage]
    return Followed(
        number=case.number,
        title=matter.title,
        applicant=mask("name", case.applicant) if case.applicant_kind in ("person", "household") else case.applicant,
        state=case.state,
        state_label=case.state_label,
        received_at=case.received_at,
        accepted_at=case.accepted_at,
        completed_at=case.completed_at,
        due_on=clock.due_on if clock is not None and clock.finished_on is None else None,
        line=[(stage.title, _place(matter.order[stage.code], here, case.final)) for stage in shown],
        asked_for=[item.text for item in notice.items.order_by("position")] if notice else [],
        asked_until=notice.due_on if notice else None,
        published_until=published.ends_on if published is not None else None,
        conclusion=matter.refusals.get(case.reason, matter.terminations.get(case.reason, "")) if case.final else "",
        outcomes=list(Outcome.objects.filter(case=case).order_by("pk").values_list("title", "number")),
        case_id=case.pk,
        region_code=case.region_code,
        bureau_id=case.bureau_id,
    )


def _place(place: int, here: int, final: bool) -> str:
    if place < here or (place == here and final):
        return "done"
    return "here" if place == here else "ahead"
