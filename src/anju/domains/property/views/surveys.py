"""Take a survey in: drop the workbook, look at what it holds building by building, then take it in."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.hashes import SM3, Hash
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from anju.domains.property import actions, queries
from anju.domains.property.board import Board, lay_out
from anju.domains.property.models import Building, Project, Survey, Unit
from anju.domains.property.survey_files import FileLine, SurveyFile, read_survey_file
from anju.kernel.database.home import subfolder
from anju.kernel.errors import AnjuError
from anju.kernel.journal.actions import action
from anju.ui.access import page
from anju.ui.crumbs import Crumb
from anju.ui.requests import ActedRequest, readable

ENDINGS = (".xlsx", ".xls", ".csv", ".xlsm")
MOST_BYTES = 20 * 1024 * 1024
FOLDER = "surveys"
KEPT_SECONDS = 2 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Found:
    """A building of the file, as it will look."""

    name: str
    units: int
    area: Decimal
    board: Board


@page("property.edit")
def take_survey(request: ActedRequest, number: int) -> HttpResponseBase:
    """The workbook of a project's survey: shown first, taken in when somebody says so."""
    project = queries.project(number, request.actor.scope)
    context: dict[str, Any] = {
        "project": project,
        "kinds": Survey.Kind.choices,
        "asked": request.POST,
        "today": timezone.localdate(),
        "crumbs": [
            Crumb(_("楼盘表"), "property-projects"),
            Crumb(project.name, "property-project", (project.pk,)),
            Crumb(_("登记测绘成果")),
        ],
    }
    if request.method != "POST":
        return render(request, "property/survey.html", context)
    try:
        name = _kept(request.FILES.get("file")) if "file" in request.FILES else _named(request.POST.get("kept", ""))
        found = read_survey_file(subfolder(FOLDER) / name)
        context |= {"found": _shown(found), "notes": found.notes, "cell_problems": found.problems, "lines": len(found.lines), "kept": name}
        if found.problems or "confirm" not in request.POST:
            return render(request, "property/survey.html", context, status=422 if found.problems else 200)
        _take(request, project, found, name.partition(".")[0])
    except AnjuError as error:
        return render(request, "property/survey.html", {**context, "problems": error.problems}, status=422)
    (subfolder(FOLDER) / name).unlink(missing_ok=True)
    messages.success(request, _("已登记%(count)s户。") % {"count": len(found.lines)})
    return redirect("property-project", project.pk)


def _kept(sent: object) -> str:
    """Keep the upload until it is confirmed, under its digest; uploads nobody confirmed for two days go."""
    if not isinstance(sent, UploadedFile) or not (sent.name or "").lower().endswith(ENDINGS):
        raise AnjuError.of("property.not_a_workbook", _("没有选工作簿。"), where=_("文件"), advice=_("请选 .xlsx、.xls 或 .csv 文件。"))
    if (sent.size or 0) > MOST_BYTES:
        raise AnjuError.of("property.file_too_large", _("文件超过20MB。"), where=_("文件"), advice=_("请按楼栋分开。"))
    folder = subfolder(FOLDER)
    for old in folder.iterdir():
        if old.stat().st_mtime < time.time() - KEPT_SECONDS:
            old.unlink(missing_ok=True)
    digest = Hash(SM3())
    for chunk in sent.chunks():
        digest.update(chunk)
    name = f"{digest.finalize().hex()}{Path(sent.name or '').suffix.lower()}"
    with (folder / name).open("wb") as target:
        for chunk in sent.chunks():
            target.write(chunk)
    return name


def _named(name: str) -> str:
    """The kept upload of this name. Raises AnjuError `property.not_a_workbook` when there is none (any more)."""
    if not re.fullmatch(r"[0-9a-f]{64}\.(xlsx|xls|csv|xlsm)", name) or not (subfolder(FOLDER) / name).is_file():
        raise AnjuError.of("property.not_a_workbook", _("没有选工作簿。"), where=_("文件"), advice=_("请重新选文件。"))
    return name


def _take(request: ActedRequest, project: Project, found: SurveyFile, digest: str) -> None:
    kind = Survey.Kind.MEASURED if request.POST.get("kind") == Survey.Kind.MEASURED else Survey.Kind.PREDICTED
    document = readable(request.POST.get("document", ""), 80)
    try:
        surveyed = date.fromisoformat(request.POST.get("surveyed_on", ""))
    except ValueError as error:
        raise AnjuError.of(
            "property.bad_day", _("没有写测绘日期，或写法不对。"), where=_("测绘日期"), advice=_("请按 2023-06-30 填写。")
        ) from error
    if not document:
        raise AnjuError.of("property.no_document", _("没有写成果编号。"), where=_("成果编号"), advice=_("请照测绘成果填写。"))
    with action("property.take_surveys", by=request.actor, subject=f"property_project:{project.pk}", data={"digest": digest}):
        known = {building.number: building for building in Building.objects.filter(project=project)}
        for name in found.buildings:
            building = known.get(name) or actions.add_building(project, number=name, by=request.actor)
            actions.take_survey(
                building,
                [line.as_survey() for line in found.of_building(name)],
                kind=kind,
                document=document,
                surveyed_on=surveyed,
                surveyor=readable(request.POST.get("surveyor", ""), 80),
                digest=digest,
                by=request.actor,
            )


def _shown(found: SurveyFile) -> list[Found]:
    shown = []
    for name in found.buildings[:60]:
        lines = found.of_building(name)
        units = [_drawn(line, at) for at, line in enumerate(lines)]
        shown.append(Found(name, len(lines), sum((line.area or Decimal(0) for line in lines), Decimal(0)), lay_out(units)))
    return shown


def _drawn(line: FileLine, at: int) -> Unit:
    return Unit(
        id=-at - 1, entrance=line.entrance, floor=line.floor, room=line.room, use=line.use, predicted_area=line.area, area=line.area
    )
