"""Drop the workbook, see it, confirm it; wrong cells stop it with nothing changed."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date

import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from anju.domains.property import actions
from anju.domains.property.models import Survey, Unit
from anju.kernel.access.actor import Actor
from anju.kernel.access.scope import using_scope


def _workbook(area: object = 90) -> SimpleUploadedFile:
    held = io.BytesIO()
    book = xlsxwriter.Workbook(held)
    page = book.add_worksheet("建筑面积")
    page.write_row(0, 0, ["楼栋", "楼层", 1, 2])
    page.write_row(1, 0, ["1栋1单元", 2, area, 95.5])
    page.write_row(2, 0, ["1栋1单元", 1, 90, 95.5])
    book.close()
    return SimpleUploadedFile("楼盘表.xlsx", held.getvalue())


def test_seen_then_taken_in(county_clerk: Actor, client_for: Callable[[Actor], Client]) -> None:
    with using_scope(county_clerk.scope):
        project = actions.register_project(name="望湖里", entered_on=date(2023, 1, 1), by=county_clerk)
    clerk = client_for(county_clerk)
    address = f"/property/projects/{project.pk}/survey/"
    seen = clerk.post(address, {"file": _workbook()})
    assert "读到 4 户" in seen.content.decode()
    kept = seen.context["kept"]
    told = {"kept": kept, "confirm": "1", "kind": "predicted", "document": "预测〔2023〕5号", "surveyed_on": "2023-02-03"}
    assert clerk.post(address, told | {"document": ""}).status_code == 422
    assert clerk.post(address, told).status_code == 302
    with using_scope(county_clerk.scope):
        assert Unit.objects.filter(building__project=project).count() == 4
        assert Survey.objects.get().digest == kept.partition(".")[0]
    assert clerk.post(address, told).status_code == 422  # the upload is gone, and so is the chance to take it in twice


def test_a_wrong_cell_is_named_and_nothing_changes(county_clerk: Actor, client_for: Callable[[Actor], Client]) -> None:
    with using_scope(county_clerk.scope):
        project = actions.register_project(name="望湖里", entered_on=date(2023, 1, 1), by=county_clerk)
    answer = client_for(county_clerk).post(f"/property/projects/{project.pk}/survey/", {"file": _workbook("九十")})
    assert answer.status_code == 422
    assert "建筑面积!C2" in answer.content.decode()
    with using_scope(county_clerk.scope):
        assert not Unit.objects.exists()
