"""Facts of personal fields: a digest of the blind index, equal exactly when the persons are, in every book."""

from __future__ import annotations

from django.db import connection

from anju.kernel.access.actor import Actor
from anju.kernel.access.scope import Scope, using_scope
from anju.kernel.figures.ledger_facts import fact_of
from anju.kernel.ledgers import actions
from anju.kernel.ledgers.declaration import Ledger
from anju.testing.factories import make_actor, make_bureau, make_city
from anju.testing.ledgers import declare_for_test

PAGE = """
ledger: {name}
name: 个人台账
version: 1
grain: one row
key: [no]
fields:
  no:     {{label: 编号, type: text, required: true, max: 10}}
  person: {{label: 身份证号, type: resident_id}}
"""
ONE, OTHER = "11010519491231002X", "440106200002290016"


def _digests(ledger: Ledger) -> list[str | None]:
    expression = fact_of(ledger).sources[0].expressions["person"]
    with using_scope(Scope.system()), connection.cursor() as cursor:
        cursor.execute(f"SELECT {expression} FROM {ledger.table} ORDER BY no")
        return [row[0] for row in cursor.fetchall()]


def _add(ledger: Ledger, clerk: Actor, people: list[str]) -> None:
    for number, person in enumerate(people):
        actions.add_record(ledger, {"no": str(number), "person": person}, by=clerk)


def test_one_person_is_one_digest_however_written_and_in_every_book(fresh_db: str) -> None:
    with using_scope(Scope.system()):
        make_city()
        clerk = make_actor(make_bureau("dongyuan", "990121"), "clerk")
    with declare_for_test(PAGE.format(name="first_probe"), PAGE.format(name="second_probe")) as (first, second):
        _add(first, clerk, [ONE, OTHER, ONE.lower(), "１１０１０５１９４９１２３１００２X", OTHER, ""])
        _add(second, clerk, [OTHER, ONE])
        digests, others = _digests(first), _digests(second)
    assert digests[0] == digests[2] == digests[3] != digests[1] == digests[4]
    assert digests[5] is None
    assert others == [digests[1], digests[0]]
    assert all(len(digest) == 32 for digest in digests[:5] if digest is not None)
    assert fact_of(first).columns["person"].type == "digest"
