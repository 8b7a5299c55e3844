"""Lists of cases: all of a scope, those of one matter or subject, those a person has worked on, and finding one."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from anju.kernel.access.actor import Actor
from anju.kernel.cases.models import Case, Move

PAGE = 50
MOST = 200
MOST_FOUND = 20


@dataclass(frozen=True, slots=True)
class CasePage:
    """Cases, newest first; `next` is the `before` of the following page, None on the last one."""

    cases: list[Case]
    next: int | None


def cases_of(by: Actor, *, matter: str = "", state: str = "", subject: str = "") -> QuerySet[Case]:
    """The cases of the reader's scope, newest first. Needs `cases.view`. `subject`: of one record of a slice."""
    by.require("cases.view")
    rows = by.scope.narrow(Case.objects.order_by("-pk"))
    if matter:
        rows = rows.filter(matter=matter)
    if state:
        rows = rows.filter(state=state)
    return rows.filter(subject=subject) if subject else rows


def page_of(rows: QuerySet[Case], *, before: int | None = None, size: int = PAGE) -> CasePage:
    """A page of cases by number, newest first."""
    size = min(size, MOST)
    found = list((rows if before is None else rows.filter(pk__lt=before))[: size + 1])
    return CasePage(found[:size], found[size - 1].pk if len(found) > size else None)


def my_cases(by: Actor, *, before: int | None = None, size: int = PAGE) -> CasePage:
    """The cases this person has made a move on (我的办件), newest first."""
    if by.staff_id is None:
        return CasePage([], None)
    mine = Move.objects.filter(staff_id=by.staff_id).values("case_id")
    return page_of(by.scope.narrow(Case.objects.filter(pk__in=mine).order_by("-pk")), before=before, size=size)


def find_cases(words: str, by: Actor) -> list[Case]:
    """Cases whose number is or ends with these words, whose applicant is called so, or whose applicant has this id; at most 20."""
    if not by.may("cases.view") or len(words) < 2:
        return []
    wanted = Q(number__iexact=words) | Q(applicant=words)
    if "-" in words or words.isdigit():
        wanted |= Q(number__iendswith=words)
    if len(words) == 18:
        wanted |= Q(applicant_id=words)
    return list(by.scope.narrow(Case.objects.filter(wanted).order_by("-pk"))[:MOST_FOUND])
