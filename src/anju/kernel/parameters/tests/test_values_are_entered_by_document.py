"""Entering, ending, correcting and withdrawing values: cited, never overlapping, never changed."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

import pytest
from django.db import IntegrityError, InternalError, ProgrammingError, connection, transaction

from anju.kernel.access.actor import Actor
from anju.kernel.access.scope import Scope, using_scope
from anju.kernel.errors import AnjuError, Forbidden
from anju.kernel.journal.models import Entry
from anju.kernel.orgs.models import Bureau
from anju.kernel.parameters.actions import Citation, correct_value, end_value, set_value, withdraw_value
from anju.kernel.parameters.loading import load_declared
from anju.kernel.parameters.models import ParameterValue
from anju.kernel.parameters.queries import at, history, live
from anju.kernel.parameters.reading import read_parameters
from anju.kernel.parameters.tests.pages import PAGE
from anju.testing.factories import make_actor
from anju.testing.parameters import declare_parameters

DAYS, COUNTY = "test.publicity_days", "990121"
CITE = Citation("示例房发〔2022〕3号", "按文件录入")


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


@pytest.fixture(autouse=True)
def page(db: None) -> Iterator[None]:
    with declare_parameters(PAGE):
        yield


@pytest.fixture
def reviewer(bureau: Bureau) -> Actor:
    with using_scope(Scope.system()):
        return make_actor(bureau, "reviewer")


def enter(value: object, start: str, by: Actor, end: str | None = None, **more: object) -> ParameterValue:
    return set_value(DAYS, value, region=COUNTY, start=day(start), end=day(end) if end else None, cite=CITE, by=by, **more)  # type: ignore[arg-type]


def test_a_new_value_ends_the_open_one_and_the_old_entry_stays(reviewer: Actor) -> None:
    first = enter(7, "2022-01-01", reviewer)
    enter(10, "2023-01-01", reviewer)
    assert at(DAYS, COUNTY, day("2022-12-31")).value == 7
    assert at(DAYS, COUNTY, day("2023-01-01")).value == 10
    ended = at(DAYS, COUNTY, day("2022-12-31"))
    assert (ended.end, ended.version != first.pk) == (day("2023-01-01"), True)
    first.refresh_from_db()
    assert first.effective_to is None
    assert history(DAYS).count() == 3
    with using_scope(Scope.system()):
        entry = Entry.objects.filter(verb="parameters.set_value").latest("pk")
    assert entry.data["ended"] == ended.version
    assert entry.reason == CITE.reason


def test_values_of_one_region_never_overlap(reviewer: Actor) -> None:
    enter(7, "2022-01-01", reviewer, end="2023-01-01")
    enter(10, "2023-01-01", reviewer)
    for start, end in (("2022-06-01", "2022-07-01"), ("2021-01-01", None), ("2023-01-01", None), ("2022-12-31", "2023-06-01")):
        with pytest.raises(AnjuError, match=r"parameters\.overlap"):
            enter(9, start, reviewer, end=end)
    enter(5, "2021-01-01", reviewer, end="2022-01-01")


def test_the_database_refuses_an_overlap_by_itself(system: Actor) -> None:
    row = {"name": DAYS, "region_code": COUNTY, "kind": "integer", "value": 7, "document": "文", "reason": "由", "recorded_by": "越过"}
    with using_scope(Scope.system()):
        held = ParameterValue.objects.create(**row, effective_from=day("2022-01-01"))
        with pytest.raises(IntegrityError, match="parameters.overlap"), transaction.atomic():
            ParameterValue.objects.create(**row, effective_from=day("2023-01-01"))
        with pytest.raises(IntegrityError, match="parameters.supersedes_another"), transaction.atomic():
            ParameterValue.objects.create(**{**row, "name": "test.open"}, effective_from=day("2023-01-01"), supersedes=held)
        with pytest.raises(IntegrityError, match="parameters_are_cited"), transaction.atomic():
            ParameterValue.objects.create(**{**row, "document": ""}, effective_from=day("2021-01-01"), effective_to=day("2021-02-01"))
        for statement in ("UPDATE parameters_parametervalue SET value = '9'", "DELETE FROM parameters_parametervalue"):
            with pytest.raises((ProgrammingError, InternalError)), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement)


def test_a_value_ends_when_its_document_is_repealed(reviewer: Actor) -> None:
    row = enter(7, "2022-01-01", reviewer)
    end_value(row, on=day("2023-07-01"), cite=Citation("示例房发〔2023〕8号", "文件废止"), by=reviewer)
    assert at(DAYS, COUNTY, day("2023-06-30")).value == 7
    with pytest.raises(AnjuError, match=r"parameters\.not_found"):
        at(DAYS, COUNTY, day("2023-07-01"))
    with pytest.raises(AnjuError, match=r"parameters\.superseded"):
        end_value(row, on=day("2023-08-01"), cite=CITE, by=reviewer)


def test_a_correction_takes_the_place_of_the_wrong_entry(reviewer: Actor) -> None:
    wrong = enter(70 - 10, "2022-01-01", reviewer)
    right = correct_value(wrong, 6, cite=Citation(CITE.document, "多写一个0"), by=reviewer)
    assert at(DAYS, COUNTY, day("2022-02-01")).version == right.pk
    assert set(live(DAYS)) == {right}
    moved = correct_value(right, 6, start=day("2022-02-01"), cite=CITE, by=reviewer)
    with pytest.raises(AnjuError, match=r"parameters\.not_found"):
        at(DAYS, COUNTY, day("2022-01-15"))
    withdraw_value(moved, cite=Citation(CITE.document, "录错了参数"), by=reviewer)
    assert not live(DAYS).exists()
    assert history(DAYS).count() == 4


def test_a_value_needs_a_document_a_reason_and_the_right_shape(reviewer: Actor) -> None:
    with pytest.raises(AnjuError) as refused:
        set_value(DAYS, 7, region=COUNTY, start=day("2022-01-01"), cite=Citation(" ", ""), by=reviewer)
    assert [problem.where for problem in refused.value.problems] == ["文号", "理由"]
    for value in (0, 61, 7.5, "七", True, None):
        with pytest.raises(AnjuError, match=r"parameters\.bad_value"):
            enter(value, "2022-01-01", reviewer)
    with pytest.raises(AnjuError, match=r"parameters\.unknown"):
        set_value("test.nothing", 7, region=COUNTY, start=day("2022-01-01"), cite=CITE, by=reviewer)
    with pytest.raises(AnjuError, match=r"parameters\.bad_dates"):
        enter(7, "2022-01-01", reviewer, end="2022-01-01")


def test_the_same_key_enters_once(reviewer: Actor) -> None:
    assert enter(7, "2022-01-01", reviewer, key="k") == enter(7, "2022-01-01", reviewer, key="k")


def test_only_the_place_itself_sets_its_values(reviewer: Actor, county_clerk: Actor, city_reader: Actor, other_county_clerk: Actor) -> None:
    with pytest.raises(Forbidden):
        enter(7, "2022-01-01", city_reader)
    with pytest.raises(Forbidden, match="不在您的数据范围内"):
        enter(7, "2022-01-01", other_county_clerk)
    with pytest.raises(Forbidden, match="全国的值"):
        set_value(DAYS, 7, region="", start=day("2022-01-01"), cite=CITE, by=reviewer)
    with using_scope(other_county_clerk.scope), pytest.raises(ProgrammingError), transaction.atomic():
        ParameterValue.objects.create(
            name=DAYS,
            region_code=COUNTY,
            kind="integer",
            value=7,
            document="文",
            reason="由",
            recorded_by="越过",
            effective_from=day("2022-01-01"),
        )


def test_what_comes_with_the_product_is_superseded_by_a_later_release_and_never_changed(system: Actor, reviewer: Actor) -> None:
    later = PAGE.replace("value: 7元", "value: 7.2元").replace(
        "    - {region: 9901, from: 2021-01-01, value: 8.5元, document: 示例市发〔2020〕3号}\n", ""
    ).replace("to: 2020-01-01, value: 5.00元", "to: 2019-01-01, value: 5.00元")  # fmt: skip
    declared = {one.name: one for one in read_parameters(later, file="p.yaml", slice="test")}
    old = at("test.rate", COUNTY, day("2021-01-01"))
    assert load_declared(system, declared) == 3
    assert load_declared(system, declared) == 0
    assert at("test.rate", COUNTY, day("2021-01-01")).value == 720
    with pytest.raises(AnjuError, match=r"parameters\.not_found"):
        at("test.rate", COUNTY, day("2019-06-01"))
    assert ParameterValue.objects.get(pk=old.version).value == 850
    with pytest.raises(AnjuError, match=r"parameters\.not_own"):
        end_value(live("test.rate").get(effective_to=None), on=day("2024-01-01"), cite=CITE, by=system)
