"""Check a finished document: drop the DOCX, every figure somebody altered is named."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from anju.kernel.errors import AnjuError
from anju.kernel.reports.verify import verify as verify_document
from anju.ui.access import page
from anju.ui.crumbs import Crumb
from anju.ui.requests import ActedRequest

MOST_BYTES = 30_000_000


@page("reports.view")
def verify(request: ActedRequest) -> HttpResponseBase:
    """The form, and what the check found."""
    context: dict[str, Any] = {"crumbs": [Crumb(_("报告"), "reports"), Crumb(_("核对成稿"))]}
    if request.method != "POST":
        return render(request, "pages/reports/verify.html", context)
    sent = request.FILES.get("file")
    try:
        if not isinstance(sent, UploadedFile) or not (sent.name or "").lower().endswith(".docx") or (sent.size or 0) > MOST_BYTES:
            raise AnjuError.of("reports.not_a_document", _("没有选 DOCX 文件。"), advice=_("请选本平台定稿后下载的 .docx。"))
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "document.docx"
            with path.open("wb") as target:
                shutil.copyfileobj(sent, target)
            context |= {"result": verify_document(path, by=request.actor), "filename": sent.name}
    except AnjuError as error:
        return render(request, "pages/reports/verify.html", {**context, "problems": error.problems}, status=422)
    return render(request, "pages/reports/verify.html", context)
