"""Import: drop a workbook, look at the sheet with its errors marked, confirm or discard. Progress is what has really been done."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from anju.kernel.errors import AnjuError, Problem
from anju.kernel.ledgers import catalogue
from anju.kernel.ledgers import imports as importing
from anju.kernel.ledgers.models import ImportBatch
from anju.site.pages.areas import area_title, ledgers_by_area
from anju.site.pages.figure_request import forget_freshness
from anju.site.pages.import_sheet import sheet_context
from anju.site.pages.progress import Progress, progress_of
from anju.site.pages.waiting import waiting_imports
from anju.ui.access import page
from anju.ui.crumbs import Crumb
from anju.ui.downloads import workbook
from anju.ui.requests import ActedRequest

LISTED = 50
ENDINGS = (".xlsx", ".xls", ".csv", ".xlsm")


@page("ledgers.import")
def all_imports(request: ActedRequest) -> HttpResponseBase:
    """What waits, what was done, and where to begin."""
    done = request.actor.scope.narrow(ImportBatch.objects.exclude(state__in=("pending", "blocked")).order_by("-pk"))
    context = {
        "waiting": [_line(batch) for batch in waiting_imports(request.actor)[:LISTED]],
        "done": [_line(batch) for batch in done[:LISTED]],
        "areas": [(area_title(area), ledgers) for area, ledgers in ledgers_by_area().items()],
        "crumbs": [Crumb(_("导入"))],
    }
    return render(request, "pages/imports/list.html", context)


@page("ledgers.import")
def new(request: ActedRequest, name: str) -> HttpResponseBase:
    """Take a workbook for one ledger and read it; what it finds waits for confirmation."""
    ledger = catalogue.get(name)
    ticket = request.POST.get("ticket") or uuid4().hex
    context: dict[str, Any] = {
        "ledger": ledger,
        "ticket": uuid4().hex,
        "crumbs": [
            Crumb(area_title(ledger.slice), "area", (ledger.slice,)),
            Crumb(ledger.title, "ledger", (name,)),
            Crumb(_("导入工作簿")),
        ],
    }
    if request.method != "POST":
        return render(request, "pages/imports/new.html", context)
    sent = request.FILES.get("file")
    try:
        if not isinstance(sent, UploadedFile) or not (sent.name or "").lower().endswith(ENDINGS):
            raise AnjuError(Problem("ledgers.not_a_workbook", _("文件"), _("没有选工作簿。"), _("请选 .xlsx、.xls 或 .csv 文件。")))
        with tempfile.TemporaryDirectory() as folder, Progress(ticket, _("已核对")) as progress:
            path = Path(folder) / f"upload{Path(sent.name or '').suffix.lower()}"
            with path.open("wb") as target:
                shutil.copyfileobj(sent, target)
            batch = importing.prepare_import(
                ledger,
                path,
                by=request.actor,
                filename=Path(sent.name or "").name,
                update_existing="update" in request.POST,
                progress=progress,
            )
    except AnjuError as error:
        return render(request, "pages/imports/new.html", {**context, "problems": error.problems}, status=422)
    return redirect("import", batch.pk)


def batch_of(request: ActedRequest, number: int) -> ImportBatch:
    """The batch of this number in the reader's scope; 404 otherwise."""
    found = request.actor.scope.narrow(ImportBatch.objects.filter(pk=number)).first()
    if found is None:
        raise Http404
    return found


@page("ledgers.view")
def one(request: ActedRequest, number: int) -> HttpResponseBase:
    """One batch: the sheet as it looks, columns and wrong cells marked, and what can be done with it."""
    return _show(request, batch_of(request, number))


def _show(request: ActedRequest, batch: ImportBatch, error: AnjuError | None = None) -> HttpResponseBase:
    ledger = catalogue.get(batch.ledger)
    context = {
        **_line(batch),
        **sheet_context(batch, ledger, request.GET),
        "ticket": uuid4().hex,
        "problems": error.problems if error else (),
        "may_import": request.actor.may("ledgers.import"),
        "crumbs": [Crumb(_("导入"), "imports"), Crumb(ledger.title, "ledger", (ledger.name,)), Crumb(batch.filename)],
    }
    return render(request, "pages/imports/batch.html", context, status=422 if error else 200)


@require_POST
@page("ledgers.import")
def remap(request: ActedRequest, number: int) -> HttpResponseBase:
    """Read the kept file again with other columns."""
    batch = batch_of(request, number)
    mapping = {column["letter"]: request.POST.get(f"column-{column['letter']}") or None for column in batch.columns}
    try:
        with Progress(request.POST.get("ticket", ""), _("已核对")) as progress:
            again = importing.remap(batch.pk, mapping, by=request.actor, progress=progress)
    except AnjuError as error:
        return _show(request, batch, error)
    messages.success(request, _("已按新的列对应重新核对。"))
    return redirect("import", again.pk)


@require_POST
@page("ledgers.import")
def confirm(request: ActedRequest, number: int) -> HttpResponseBase:
    """Write the batch into the ledger, all or nothing."""
    batch = batch_of(request, number)
    try:
        with Progress(request.POST.get("ticket", ""), _("已写入")) as progress:
            done = importing.confirm_import(
                batch.pk,
                by=request.actor,
                accept_confirmations="accept" in request.POST,
                skip_rejected="skip" in request.POST,
                key=f"import:{batch.pk}",
                progress=progress,
            )
    except AnjuError as error:
        return _show(request, batch, error)
    forget_freshness()
    messages.success(request, _("已导入：新增 %(added)s 条，更新 %(changed)s 条。") % {"added": done.added, "changed": done.changed})
    return redirect("import", batch.pk)


@require_POST
@page("ledgers.import")
def discard(request: ActedRequest, number: int) -> HttpResponseBase:
    """Give the batch up; the ledger is as it was."""
    batch = batch_of(request, number)
    importing.discard_import(batch.pk, by=request.actor)
    messages.success(request, _("已放弃导入 %(name)s，台账没有改动。") % {"name": batch.filename})
    return redirect("imports")


@page("ledgers.import")
def rejected(request: ActedRequest, number: int) -> HttpResponseBase:
    """The rows that cannot come in, as a workbook with the reasons."""
    batch = batch_of(request, number)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rejected.xlsx"
        importing.rejected_workbook(batch, path)
        return workbook(path.read_bytes(), f"{Path(batch.filename).stem}-退回.xlsx")


@page()
def progress(request: ActedRequest, ticket: str) -> HttpResponseBase:
    """How far the work with this ticket has come."""
    return JsonResponse(progress_of(ticket))


def _line(batch: ImportBatch) -> dict[str, Any]:
    return {"batch": batch, "ledger": catalogue.get(batch.ledger), "state_kind": STATE_KINDS.get(batch.state, "")}


STATE_KINDS = {"pending": "due", "blocked": "wrong", "confirmed": "done"}
