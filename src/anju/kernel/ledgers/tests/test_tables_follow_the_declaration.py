"""A declaration becomes a table that holds its own rules; later versions extend it or are refused."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from anju.kernel.access.scope import Scope, using_scope
from anju.kernel.crypto import cells, using
from anju.kernel.crypto.kinds import kind_of
from anju.kernel.errors import AnjuError
from anju.kernel.ledgers import tables
from anju.kernel.ledgers.catalogue import all_ledgers, read_ledger
from anju.kernel.ledgers.models import LedgerDefinition
from anju.testing.ledgers import declare_for_test

PAGE = """
ledger: probe
name: 试验台账
version: 1
grain: one row
key: [no]
date: day
fields:
  no:     {label: 编号, type: text, required: true, max: 10}
  day:    {label: 日期, type: date}
  amount: {label: 金额, type: money, unit: 万元, min: 0, max: 10}
  kind:   {label: 类别, type: choice, choices: {a: 甲, b: 乙}}
  person: {label: 身份证号, type: resident_id}
"""


PERSON = "11010519491231002X"


def cell() -> bytes:
    return cells.seal(using.ring(), cells.Column("ledger_probe.person", kind_of("resident_id")), PERSON)


def insert(**values: object) -> None:
    values = {"region_code": "990121", "bureau_id": 1, "no": "1", **values}
    names, marks = ", ".join(values), ", ".join(["%s"] * len(values))
    with using_scope(Scope.system()), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO ledger_probe ({names}) VALUES ({marks})", list(values.values()))


@pytest.mark.django_db
def test_every_declared_ledger_has_its_table_and_published_version() -> None:
    published = set(LedgerDefinition.objects.values_list("ledger", "version"))
    for ledger in all_ledgers().values():
        assert (ledger.name, ledger.version) in published
        with using_scope(Scope.system()):
            assert ledger.model.objects.count() == 0


def test_the_table_holds_what_the_declaration_says(fresh_db: str) -> None:
    with declare_for_test(PAGE):
        insert(amount=10 * 10**6, kind="a", day="2023-06-30", person=cell())
        plain = [{"no": "2", "person": wrong} for wrong in (PERSON, cell()[:-1], b"\2" + cell()[1:])]
        for wrong in (
            *plain,
            {"no": "2", "amount": -1},
            {"no": "2", "amount": 10**7 + 1},
            {"no": "2", "kind": "c"},
            {"no": None},
            {"no": "1"},
        ):
            with pytest.raises(IntegrityError):
                insert(**wrong)
        with using_scope(Scope.system()), pytest.raises(DatabaseError, match="permission denied"), connection.cursor() as cursor:
            cursor.execute("DELETE FROM ledger_probe")


def test_personal_columns_never_enter_the_journal(fresh_db: str) -> None:
    with declare_for_test(PAGE):
        insert(person=cell())
        with using_scope(Scope.system()), connection.cursor() as cursor:
            cursor.execute("SELECT after -> 'person' IS NOT NULL, after ->> 'no' FROM journal_change WHERE \"table\" = 'ledger_probe'")
            assert cursor.fetchall() == [(False, "1")]


def test_a_published_version_may_not_read_differently(fresh_db: str) -> None:
    with declare_for_test(PAGE), pytest.raises(AnjuError, match=r"version 改为 2.*ledgers.version_published"):
        tables.sync(ledgers=[read_ledger(PAGE.replace("甲", "丙"), file="test.yaml", slice="test")])


def test_a_new_version_adds_fields_and_choices(fresh_db: str) -> None:
    page = PAGE.replace("version: 1", "version: 2").replace("b: 乙", "b: 乙, c: 丙") + "  area: {label: 面积, type: area}\n"
    with declare_for_test(PAGE):
        insert(kind="a")
        tables.sync(ledgers=[read_ledger(page, file="test.yaml", slice="test")])
        insert(no="2", kind="c", area=98.4)
        assert tables.sync(ledgers=[read_ledger(page, file="test.yaml", slice="test")]) == []
        assert LedgerDefinition.objects.filter(ledger="probe").count() == 2


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("key: [no]", "key: [no, day]", "认记录的字段不能改"),
        ("type: date}", "type: month}", "类型由 date 改为 month"),
        ("  person: {label: 身份证号, type: resident_id}\n", "", "被删去"),
        ("{a: 甲, b: 乙}", "{b: 乙}", "已有记录不符合字段“kind”"),
        ("type: date}", "type: date, required: true}", "已有记录不符合字段“day”"),
        ("max: 10}\n  kind", "max: 1}\n  kind", "已有记录不符合字段“amount”"),
    ],
)
def test_a_version_records_stand_against_is_refused(fresh_db: str, old: str, new: str, said: str) -> None:
    assert old in PAGE
    with declare_for_test(PAGE):
        insert(kind="a", amount=5 * 10**6)
        with pytest.raises(AnjuError, match=said):
            tables.sync(ledgers=[read_ledger(PAGE.replace(old, new).replace("version: 1", "version: 2"), file="test.yaml", slice="test")])
        insert(no="2")
        assert LedgerDefinition.objects.filter(ledger="probe").count() == 1


def test_the_database_refuses_to_rewrite_a_published_declaration(fresh_db: str) -> None:
    with declare_for_test(PAGE), pytest.raises(DatabaseError, match="permission denied"):
        LedgerDefinition.objects.filter(ledger="probe").update(name="别的")
