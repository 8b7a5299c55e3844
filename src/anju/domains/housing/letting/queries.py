"""Reads of letting that pages use, within a scope; and what everybody may see."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, F, Q, QuerySet

from anju.domains.housing.models import Allocation, Draw, LettingUnit, Place, Pool, Round, WaitlistEntry
from anju.kernel.access.scope import Scope, using_scope
from anju.kernel.crypto.kinds import mask
from anju.kernel.errors import AnjuError

SOON = timedelta(days=90)
LISTED = 500
PUBLISHED = (Round.State.ANNOUNCED, Round.State.FROZEN, Round.State.DRAWN, Round.State.CHOOSING, Round.State.CLOSED)
IN_LINE = ("series", F("score").desc(nulls_last=True), "ordered_on", "pk")
"""The order of the line: who waits longest, by the basis of the place."""


def units(scope: Scope, *, state: str = "", text: str = "") -> QuerySet[LettingUnit]:
    """Homes for letting by estate, building and room."""
    rows = scope.narrow(LettingUnit.objects.all()).order_by("estate", "building", "floor", "room", "pk")
    if state:
        rows = rows.filter(state=state)
    return rows.filter(Q(estate__contains=text) | Q(unit_no__startswith=text)) if text else rows


def unit_counts(scope: Scope) -> list[tuple[str, str, int]]:
    """Homes by state: code, words, number."""
    found = dict(scope.narrow(LettingUnit.objects.all()).values_list("state").annotate(number=Count("pk")))
    return [(state, str(label), found.get(state, 0)) for state, label in LettingUnit.State.choices]


def line(scope: Scope, *, state: str = "waiting") -> QuerySet[WaitlistEntry]:
    """The waiting line in its order."""
    rows = scope.narrow(WaitlistEntry.objects.select_related("household", "application__applicant"))
    return (rows.filter(state=state) if state else rows).order_by(*IN_LINE)


def near_the_end(scope: Scope, today: date) -> QuerySet[WaitlistEntry]:
    """Who waits and whose registration ends within three months, soonest first (HS-08)."""
    return line(scope).filter(expires_on__lte=today + SOON).order_by("expires_on", "pk")


def entry_of(number: int, scope: Scope) -> WaitlistEntry:
    """One entry. Raises AnjuError `housing.no_such_row`."""
    found = scope.narrow(WaitlistEntry.objects.select_related("household", "application__applicant")).filter(pk=number).first()
    if found is None:
        raise AnjuError.of("housing.no_such_row", "没有这个轮候登记。", advice="它可能不在本人的数据范围内。")
    return found


def standing(one: WaitlistEntry) -> int | None:
    """The how-manyth in the line; nothing when the household does not wait any more."""
    if one.state != WaitlistEntry.State.WAITING:
        return None
    before = Q(ordered_on__lt=one.ordered_on) | Q(ordered_on=one.ordered_on, pk__lt=one.pk)
    if one.score is not None:
        before = Q(score__gt=one.score) | Q(score=one.score) & before
    before = Q(series__lt=one.series) | Q(series=one.series) & before
    return WaitlistEntry.objects.filter(before, bureau_id=one.bureau_id, product=one.product, state="waiting").count() + 1


def rounds(scope: Scope) -> QuerySet[Round]:
    """Rounds of letting, newest first."""
    return scope.narrow(Round.objects.all()).annotate(homes=Count("units", distinct=True)).order_by("-pk")


def round_of(number: int, scope: Scope) -> Round:
    """One round. Raises AnjuError `housing.no_such_row`."""
    found = scope.narrow(Round.objects.all()).filter(pk=number).first()
    if found is None:
        raise AnjuError.of("housing.no_such_row", "没有这个配租批次。", advice="它可能不在本人的数据范围内。")
    return found


def unit_of(number: int, scope: Scope) -> LettingUnit:
    """One home. Raises AnjuError `housing.no_such_row`."""
    found = scope.narrow(LettingUnit.objects.all()).filter(pk=number).first()
    if found is None:
        raise AnjuError.of("housing.no_such_row", "没有这套房源。", advice="它可能不在本人的数据范围内。")
    return found


def next_place(one: Round) -> Place | None:
    """Whose turn it is: the first place nobody has heard."""
    unheard = Place.objects.filter(draw__pool__round=one, allocation=None)
    return unheard.select_related("candidate__intention__entry__household").order_by("position").first()


def homes_left(one: Round) -> QuerySet[LettingUnit]:
    """Homes of a round nobody has taken."""
    rows = LettingUnit.objects.filter(rounds__round=one, rounds__open=True, state=LettingUnit.State.VACANT)
    return rows.order_by("estate", "building", "floor", "room")


def allocations(one: Round) -> QuerySet[Allocation]:
    """What became of the places so far, in their order."""
    return Allocation.objects.filter(round=one).select_related("place", "unit", "household", "entry").order_by("place__position")


@dataclass(frozen=True, slots=True)
class Waits:
    """A line of the published waiting list."""

    position: int
    code: str
    name: str
    tier: str
    since: date


def published_rounds() -> list[Round]:
    """Rounds everybody may see, newest first."""
    with using_scope(Scope.system()):
        return list(Round.objects.filter(state__in=PUBLISHED).annotate(homes=Count("units")).order_by("-pk")[:LISTED])


def published_round(number: int) -> tuple[Round, Pool | None, Draw | None]:
    """A published round with its frozen list and its result, as far as it is. Raises AnjuError `housing.no_such_row`."""
    with using_scope(Scope.system()):
        found = Round.objects.filter(pk=number, state__in=PUBLISHED).prefetch_related("groups", "units__unit").first()
        if found is None:
            raise AnjuError.of("housing.no_such_row", "没有这个配租批次，或尚未公布。", advice="请从配租公告进入。")
        pool = Pool.objects.filter(round=found).first()
        return found, pool, Draw.objects.filter(pool=pool).first() if pool else None


def published_places(one: Draw) -> list[tuple[int, int, str, str, str]]:
    """Position, group, number, masked name, and what became of it."""
    with using_scope(Scope.system()):
        rows = Place.objects.filter(draw=one).select_related("candidate__intention__entry__application__applicant", "allocation__unit")
        return [
            (
                row.position,
                row.candidate.group,
                row.candidate.code,
                mask("name", row.candidate.intention.entry.application.applicant.name),
                _became(row),
            )
            for row in rows.order_by("position")
        ]


def published_line(bureau_id: int | None = None) -> list[Waits]:
    """The waiting list of a bureau, or of all, masked (GN-08)."""
    with using_scope(Scope.system()):
        rows: Iterable[WaitlistEntry] = line(Scope.system())
        if bureau_id is not None:
            rows = line(Scope.system()).filter(bureau_id=bureau_id)
        return [
            Waits(place, row.entry_no, mask("name", row.application.applicant.name), row.get_tier_display(), row.registered_on)
            for place, row in enumerate(list(rows)[:LISTED], 1)
        ]


def _became(row: Place) -> str:
    found = getattr(row, "allocation", None)
    if found is None:
        return ""
    return str(found.unit) if found.unit is not None else str(found.get_state_display())
