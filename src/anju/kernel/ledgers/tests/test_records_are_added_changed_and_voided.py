"""The verbs of a ledger: every issue told at once, one journal entry each, nothing half done."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from contextlib import suppress

import pytest

from anju.kernel.access.actor import Actor
from anju.kernel.access.scope import Scope, using_scope
from anju.kernel.errors import AnjuError, Forbidden
from anju.kernel.journal.models import Change, Entry
from anju.kernel.ledgers import actions
from anju.kernel.ledgers.catalogue import get
from anju.kernel.ledgers.declaration import Ledger

pytestmark = pytest.mark.django_db


@pytest.fixture
def training() -> Ledger:
    return get("office_training")


@pytest.fixture(autouse=True)
def everything_visible(db: None) -> Iterator[None]:
    with using_scope(Scope.system()):
        yield


SESSION = {"held_on": "2023年3月8日", "topic": "统计业务", "kind": "统计", "persons": "1,200人次"}


def test_a_record_is_added_with_one_entry(training: Ledger, county_clerk: Actor) -> None:
    number = actions.add_record(training, SESSION, by=county_clerk)
    record = training.model.objects.get(pk=number)
    assert (record.held_on, record.kind, record.persons) == (datetime.date(2023, 3, 8), "statistics", 1200)
    assert (record.region_code, record.bureau_id, record.version) == ("990121", county_clerk.bureau_id, 1)
    entry = Entry.objects.get(subject=f"ledger_office_training:{number}")
    assert entry.verb == "ledgers.add_record"
    assert Change.objects.get(table="ledger_office_training", row=str(number)).entry_id == entry.pk


def test_every_issue_is_told_at_once(training: Ledger, county_clerk: Actor) -> None:
    with pytest.raises(AnjuError) as refusal:
        actions.add_record(training, {"held_on": "2023-02-30", "kind": "跳舞", "persons": "-3"}, by=county_clerk)
    told = {(problem.code, problem.where) for problem in refusal.value.problems}
    assert told == {
        ("ledger.not_a_date", "“培训日期”"),
        ("ledger.missing", "“主题”"),
        ("ledger.not_a_choice", "“类别”"),
        ("ledger.negative", "“培训人次”"),
    }
    assert training.model.objects.count() == 0


def test_what_needs_confirming_goes_in_when_somebody_insists(training: Ledger, county_clerk: Actor) -> None:
    values = {**SESSION, "persons": 2500}
    with pytest.raises(AnjuError, match=r"单场培训超过2000人次.*核对是否把全年合计填成了一场.*ledger.rule"):
        actions.add_record(training, values, by=county_clerk)
    number = actions.add_record(training, values, by=county_clerk, accept_confirmations=True)
    assert Entry.objects.get(subject=f"ledger_office_training:{number}").data["confirmed"] == ["ledger.rule:persons"]


def test_a_rule_that_must_be_fixed_cannot_be_insisted_on(training: Ledger, county_clerk: Actor) -> None:
    with pytest.raises(AnjuError, match="培训日期在今天之后"):
        actions.add_record(training, {**SESSION, "held_on": "2099-01-01"}, by=county_clerk, accept_confirmations=True)


def test_one_key_adds_one_record(training: Ledger, county_clerk: Actor) -> None:
    first = actions.add_record(training, SESSION, by=county_clerk, key="form-1")
    assert actions.add_record(training, SESSION, by=county_clerk, key="form-1") == first
    assert training.model.objects.count() == 1


@pytest.mark.parametrize(("persons", "said"), [("1200", "已有完全相同的记录"), ("30", "培训人次不同")])
def test_the_same_session_is_not_added_twice(training: Ledger, county_clerk: Actor, persons: str, said: str) -> None:
    actions.add_record(training, SESSION, by=county_clerk)
    with pytest.raises(AnjuError, match=said):
        actions.add_record(training, {**SESSION, "persons": persons}, by=county_clerk)


def test_a_change_keeps_the_rest_and_needs_the_seen_version(training: Ledger, county_clerk: Actor) -> None:
    number = actions.add_record(training, SESSION, by=county_clerk)
    assert actions.change_record(training, number, {"persons": 900}, by=county_clerk, version=1, reason="抄错") == 2
    record = training.model.objects.get(pk=number)
    assert (record.persons, record.topic, record.version) == (900, "统计业务", 2)
    with pytest.raises(AnjuError, match="ledger.changed_meanwhile"):
        actions.change_record(training, number, {"persons": 1}, by=county_clerk, version=1)


def test_many_are_changed_in_one_entry_or_none(training: Ledger, county_clerk: Actor) -> None:
    ids = [actions.add_record(training, {**SESSION, "topic": f"第{n}期"}, by=county_clerk) for n in range(3)]
    assert actions.change_records(training, ids, {"kind": "安全"}, by=county_clerk, reason="归错类") == 3
    assert set(training.model.objects.values_list("kind", flat=True)) == {"safety"}
    assert Entry.objects.filter(verb="ledgers.change_records").count() == 1
    with pytest.raises(AnjuError, match="ledger.repeated"):
        actions.change_records(training, ids, {"topic": "同名"}, by=county_clerk, reason="试")
    with pytest.raises(AnjuError, match="ledger.no_reason"):
        actions.change_records(training, ids, {"kind": "安全"}, by=county_clerk, reason=" ")


def test_a_void_record_stays_and_frees_its_key(training: Ledger, county_clerk: Actor) -> None:
    number = actions.add_record(training, SESSION, by=county_clerk)
    actions.void_record(training, number, by=county_clerk, reason="重复登记")
    assert training.model.objects.get(pk=number).voided_at is not None
    assert actions.add_record(training, SESSION, by=county_clerk) != number
    with pytest.raises(AnjuError, match="ledger.no_record"):
        actions.void_record(training, number, by=county_clerk, reason="再作废")


def test_references_are_named_by_key_and_hold(county_clerk: Actor) -> None:
    project, payment = get("delivery_project"), get("special_loan_payment")
    listed = {"project_no": "P1", "project": "示例府", "batch": 1, "units": 10, "loan_applied": "500万元", "listed_on": "2022-09-01"}
    owner = actions.add_record(project, listed, by=county_clerk)
    paid = {"voucher_no": "V1", "project_no": "P1", "payee": "示例建设", "amount": "100", "paid_on": "2023-01-05", "state": "已拨付"}
    number = actions.add_record(payment, paid, by=county_clerk)
    assert payment.model.objects.get(pk=number).project_no == owner
    assert actions.change_record(payment, number, {"amount": 200}, by=county_clerk, version=1) == 2
    with pytest.raises(AnjuError, match="ledger.reference_missing"):
        actions.add_record(payment, {**paid, "voucher_no": "V2", "project_no": "P9"}, by=county_clerk)
    with pytest.raises(AnjuError, match="ledger.still_referenced"):
        actions.void_record(project, owner, by=county_clerk, reason="试")


@pytest.mark.parametrize("odd", [["a"], {"a": 1}, "\ud800", "\0", 10**60, float("inf"), float("nan"), b"x", True])
@pytest.mark.parametrize("field", ["held_on", "topic", "kind", "persons", "paper"])
def test_odd_values_are_refused_or_kept_but_never_break(training: Ledger, county_clerk: Actor, field: str, odd: object) -> None:
    with suppress(AnjuError):
        actions.add_record(training, {**SESSION, field: odd}, by=county_clerk)
    assert training.model.objects.count() == Entry.objects.filter(verb="ledgers.add_record").count()


def test_permissions(training: Ledger, county_clerk: Actor, city_reader: Actor) -> None:
    number = actions.add_record(training, SESSION, by=county_clerk)
    for attempt in (
        lambda: actions.add_record(training, SESSION, by=city_reader),
        lambda: actions.change_record(training, number, {}, by=city_reader, version=1),
        lambda: actions.void_record(training, number, by=city_reader, reason="试"),
        lambda: actions.close_period(training, datetime.date(2023, 6, 30), by=city_reader),
    ):
        with pytest.raises(Forbidden):
            attempt()


def test_nobody_reaches_into_another_county(training: Ledger, county_clerk: Actor, other_county_clerk: Actor) -> None:
    number = actions.add_record(training, SESSION, by=county_clerk)
    for attempt in (
        lambda: actions.change_record(training, number, {"persons": 1}, by=other_county_clerk, version=1),
        lambda: actions.void_record(training, number, by=other_county_clerk, reason="试"),
    ):
        with pytest.raises(AnjuError, match="ledger.no_record"):
            attempt()
    with using_scope(other_county_clerk.scope):
        assert training.model.objects.count() == 0
        assert training.model.objects.filter(pk=number).update(persons=1) == 0
    actions.add_record(training, SESSION, by=other_county_clerk)


def test_the_system_belongs_to_no_bureau(training: Ledger, system: Actor) -> None:
    with pytest.raises(AnjuError, match="ledgers.no_bureau"):
        actions.add_record(training, SESSION, by=system)
