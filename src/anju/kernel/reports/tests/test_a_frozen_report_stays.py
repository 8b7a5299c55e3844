"""A frozen report is one journaled action, is never changed, keeps its snapshot and belongs to its bureau."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connections, transaction

from anju.kernel.access.scope import Scope, using_scope
from anju.kernel.errors import AnjuError
from anju.kernel.figures import snapshots
from anju.kernel.journal.models import Change, Entry
from anju.kernel.reports.docx import render_docx
from anju.kernel.reports.freezing import freeze, load
from anju.kernel.reports.models import FrozenFigure, FrozenReport
from anju.kernel.reports.tests.conftest import County

BODY = "销售{sample.count}，{sample.count|同比}，均价{sample.price}。\n完成比{sample.completion}。"


def test_it_comes_back_as_it_was(county: County) -> None:
    county.sell(3)
    built = county.report(BODY, serial="7")
    frozen = freeze(built, by=county.by)
    county.sell(5)
    again = load(frozen.frozen or 0, by=county.by)
    assert again == frozen
    assert again.text == built.text
    assert again.findings == built.findings
    assert render_docx(again) == render_docx(frozen)


def test_it_is_one_journaled_action_and_keeps_its_snapshot(county: County) -> None:
    county.sell(3)
    frozen = freeze(county.report(BODY), by=county.by, reason="上报县政府")
    with using_scope(Scope.system()):
        entry = Entry.objects.get(verb="reports.freeze")
        rows = Change.objects.filter(entry_id=entry.pk)
        assert (entry.subject, entry.reason, entry.bureau_id) == (f"reports_frozenreport:{frozen.frozen}", "上报县政府", county.bureau.pk)
        assert rows.filter(table="reports_frozenfigure").count() == len(frozen.figures)
        assert not Change.objects.filter(table__startswith="reports_").exclude(entry_id=entry.pk).exists()
    assert snapshots.get(int(frozen.snapshot)).frozen


def test_a_client_that_retries_freezes_once(county: County) -> None:
    built = county.report(BODY)
    first, second = (freeze(built, by=county.by, key="button-1") for _ in range(2))
    assert first == second
    with using_scope(Scope.system()):
        assert FrozenReport.objects.count() == 1


@pytest.mark.parametrize("alias", ["default", "owner"])
def test_nobody_can_change_or_remove_it(county: County, alias: str) -> None:
    freeze(county.report(BODY), by=county.by)
    for statement in (
        "UPDATE reports_frozenfigure SET shown = '9套'",
        "DELETE FROM reports_frozenreport",
        "TRUNCATE reports_frozenfinding",
    ):
        with (
            using_scope(Scope.system()),
            pytest.raises(DatabaseError, match=r"permission denied|append_only"),
            transaction.atomic(using=alias),
            connections[alias].cursor() as cursor,
        ):
            cursor.execute(statement)


def test_another_county_cannot_see_it(county: County) -> None:
    frozen = freeze(county.report(BODY), by=county.by)
    with pytest.raises(AnjuError, match=r"reports.unknown_report"):
        load(frozen.frozen or 0, by=county.neighbour)
    with using_scope(county.neighbour.scope):
        assert not FrozenReport.objects.exists()
        assert not FrozenFigure.objects.exists()
    with using_scope(county.by.scope):
        assert FrozenFigure.objects.count() == len(frozen.figures)
