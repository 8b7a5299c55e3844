"""A further year comes by its notice: entered once, by number, never changed; a correction replaces it and both stay."""

from __future__ import annotations

import datetime

import pytest
from django.db import InternalError, ProgrammingError, connection, transaction

from anju.kernel.access.actor import Actor
from anju.kernel.access.scope import Scope, using_scope
from anju.kernel.calendar.actions import correct_notice, enter_notice
from anju.kernel.calendar.loading import load_notices
from anju.kernel.calendar.models import Notice
from anju.kernel.calendar.papers import ArrangedDay, Paper
from anju.kernel.calendar.queries import newest_version, working_days
from anju.kernel.calendar.shipped import shipped_calendar
from anju.kernel.calendar.workdays import DayKind, UnknownYear
from anju.kernel.errors import AnjuError, Forbidden
from anju.kernel.journal.models import Change, Entry
from anju.kernel.orgs.models import Bureau
from anju.testing.factories import make_actor

pytestmark = pytest.mark.django_db
FEAST = "示例节"


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def paper(number: str = "示例办发明电〔2026〕9号", year: int = 2027, region: str = "") -> Paper:
    return Paper(number=number, year=year, title=f"示例{year}年放假安排", dated=day("2025-12-01"), region_code=region)


def off(*days: str) -> list[ArrangedDay]:
    return [ArrangedDay(day(one), DayKind.HOLIDAY, FEAST) for one in days]


def on(*days: str) -> list[ArrangedDay]:
    return [ArrangedDay(day(one), DayKind.WORKING, FEAST) for one in days]


@pytest.fixture
def office(bureau: Bureau) -> Actor:
    with using_scope(Scope.system()):
        return make_actor(bureau, "reporter")


def test_the_installation_brings_the_shipped_notices_once(system: Actor) -> None:
    held, shipped = working_days(), shipped_calendar()
    assert held.years == range(2007, 2027)
    for ordinal in range(day("2007-01-01").toordinal(), day("2026-12-31").toordinal() + 1):
        one = datetime.date.fromordinal(ordinal)
        assert held.is_working(one) is shipped.is_working(one)
    assert load_notices(system) == 0


def test_a_further_year_is_known_once_its_notice_is_entered(office: Actor) -> None:
    with pytest.raises(UnknownYear):
        working_days().is_working(day("2027-02-08"))
    before = newest_version()
    made = enter_notice(paper(), off("2026-12-31", "2027-01-01", "2027-02-08") + on("2027-02-06"), by=office)
    days = working_days()
    assert not days.is_working(day("2027-02-08"))
    assert days.is_working(day("2027-02-06"))
    assert not days.is_working(day("2026-12-31"))
    assert days.version == made.pk > before
    assert working_days(version=before).is_working(day("2026-12-31"))  # as it stood: a result keeps its calendar
    with using_scope(Scope.system()):
        entry = Entry.objects.get(verb="calendar.enter_notice")
        assert entry.subject == f"calendar_notice:{made.pk}"
        assert Change.objects.filter(entry_id=entry.pk, table="calendar_notice").count() == 1


def test_the_same_key_enters_once(office: Actor) -> None:
    first = enter_notice(paper(), off("2027-01-01"), by=office, key="k1")
    assert enter_notice(paper(), off("2027-01-01"), by=office, key="k1") == first
    with pytest.raises(AnjuError, match="已经录入"):
        enter_notice(paper(), off("2027-01-01"), by=office)


def test_a_correction_replaces_and_both_stay(office: Actor) -> None:
    wrong = enter_notice(paper(), off("2027-02-09"), by=office)
    right = correct_notice(wrong, paper(), off("2027-02-10"), reason="日期看错一行", by=office)
    days = working_days()
    assert days.is_working(day("2027-02-09"))
    assert not days.is_working(day("2027-02-10"))
    assert not working_days(version=wrong.pk).is_working(day("2027-02-09"))
    with pytest.raises(AnjuError, match="已被更正过"):
        correct_notice(wrong, paper(), off("2027-02-10"), reason="再改", by=office)
    with pytest.raises(AnjuError, match="没有写更正理由"):
        correct_notice(right, paper(), off("2027-02-10"), reason=" ", by=office)
    assert Notice.objects.filter(number=paper().number).count() == 2


def test_a_wrong_notice_is_refused_with_every_reason(office: Actor) -> None:
    with pytest.raises(AnjuError) as refused:
        enter_notice(paper(), [*off("2027-03-01", "2027-03-01", "2028-01-01"), *on("2027-03-03")], by=office)
    said = str(refused.value)
    assert "写了两次" in said
    assert "2028-01-01：不在2027年" in said
    assert "2027-03-03：是周三，本来就上班" in said
    with pytest.raises(AnjuError, match="下一份应是2027年"):
        enter_notice(paper(year=2028), off("2028-01-01"), by=office)
    with pytest.raises(AnjuError, match="没有写发文字号"):
        enter_notice(paper(number=" "), off("2027-01-01"), by=office)


def test_a_regions_own_feast_holds_there_and_below(system: Actor, bureau: Bureau) -> None:
    enter_notice(paper("示例桂办发〔2026〕1号", 2026, "99"), off("2026-04-20"), by=system)
    assert not working_days("990121").is_working(day("2026-04-20"))
    assert working_days("110105").is_working(day("2026-04-20"))
    assert working_days().is_working(day("2026-04-20"))


def test_only_those_who_may_enter_it_do(county_clerk: Actor, office: Actor, audit_admin: Actor) -> None:
    with pytest.raises(Forbidden):
        enter_notice(paper(), off("2027-01-01"), by=audit_admin)
    with pytest.raises(Forbidden, match="不在您的数据范围内"):
        enter_notice(paper("示例〔2026〕1号", 2026, "9901"), off("2026-04-20"), by=office)


@pytest.mark.parametrize("statement", ["UPDATE calendar_exceptionalday SET kind = 'working'", "DELETE FROM calendar_notice"])
def test_the_database_lets_nobody_change_what_was_entered(statement: str, system: Actor) -> None:
    with using_scope(Scope.system()), pytest.raises((ProgrammingError, InternalError)), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_reader_cannot_write_past_the_action(county_clerk: Actor) -> None:
    with using_scope(county_clerk.scope), pytest.raises(ProgrammingError), transaction.atomic():
        Notice.objects.create(number="越过", year=2027, title="越过", dated=day("2025-12-01"))
