"""Rows of a run that were touched behind the application's back are found, and pay nobody (decision 0020)."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

import pytest
from django.db import DatabaseError, connections, transaction

from anju.domains.housing import tasks
from anju.domains.housing.models import Payment, SubsidyRun, SubsidyRunRow
from anju.domains.housing.payments.tests.town import Town, make_town
from anju.domains.housing.subsidies.comparing import differing
from anju.domains.housing.tasks import compare_runs
from anju.kernel.access.scope import Scope, using_scope
from anju.kernel.database.home import subfolder
from anju.kernel.errors import AnjuError

TOUCHED = {
    "amount": "UPDATE housing_subsidyrunrow SET amount = amount + 1 WHERE id = (SELECT max(id) FROM housing_subsidyrunrow)",
    "verdict": "UPDATE housing_subsidyrunrow SET verdict = 0 WHERE id = (SELECT max(id) FROM housing_subsidyrunrow)",
    "agreement": "UPDATE housing_subsidyrunrow SET agreement_id = 0 WHERE id = (SELECT max(id) FROM housing_subsidyrunrow)",
    "missing": "DELETE FROM housing_subsidyrunrow WHERE id = (SELECT max(id) FROM housing_subsidyrunrow)",
    "added": "INSERT INTO housing_subsidyrunrow"
    " (region_code, bureau_id, run_id, household_id, agreement_id, verdict, amount, failed, undecided)"
    " SELECT region_code, bureau_id, run_id, 0, agreement_id, verdict, amount, failed, undecided FROM housing_subsidyrunrow LIMIT 1",
}


@pytest.fixture
def town(fresh_db: str) -> Iterator[Town]:
    with using_scope(Scope.system()):
        made = make_town()
        for number in range(1, 4):
            made.household(number)
        made.run_quarter()
        yield made


def touch(statement: str) -> None:
    """As somebody with the owner's password."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("ALTER TABLE housing_subsidyrunrow DISABLE TRIGGER USER")
        cursor.execute(statement)
        cursor.execute("ALTER TABLE housing_subsidyrunrow ENABLE TRIGGER USER")


def test_untouched_rows_follow(town: Town):
    assert [differing(run) for run in SubsidyRun.objects.order_by("pk")] == [[], [], []]
    assert compare_runs(timestamp=0) == 0


@pytest.mark.parametrize("how", TOUCHED)
def test_touched_rows_are_named_and_pay_nobody(town: Town, how: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture):
    touch(TOUCHED[how])
    altered = [run for run in SubsidyRun.objects.order_by("pk") if differing(run)]
    assert len(altered) == 1
    assert len(differing(altered[0])) == 1
    monkeypatch.setattr(tasks, "LOOKS_BACK", datetime.timedelta(days=40_000))  # the town pays subsidies in 2023
    assert compare_runs(timestamp=0) == 1
    assert altered[0].run_no in caplog.text
    with pytest.raises(AnjuError) as refused:
        town.sent_batch()
    assert refused.value.problems[0].code == "housing.run_altered"
    assert not Payment.objects.exists()


def test_an_altered_file_of_inputs_pays_nobody(town: Town):
    run = SubsidyRun.objects.earliest("pk")
    place = subfolder("housing") / "runs" / f"{run.inputs}.parquet"
    kept = place.read_bytes()
    try:
        place.write_bytes(kept[:-1] + bytes([kept[-1] ^ 1]))
        with pytest.raises(AnjuError, match="housing.inputs_altered"):
            town.sent_batch()
    finally:
        place.write_bytes(kept)
    assert town.sent_batch().rows == 3


def test_the_application_cannot_touch_them(town: Town):
    with pytest.raises(DatabaseError), transaction.atomic():
        SubsidyRunRow.objects.update(amount=1)
    with pytest.raises(DatabaseError), transaction.atomic():
        SubsidyRunRow.objects.all()._raw_delete("default")
