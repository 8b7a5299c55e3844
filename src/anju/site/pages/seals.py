"""How the journal is sealed: blocks, verification on demand, the proof of one entry as a file."""

from __future__ import annotations

import json
import time
from typing import Any

from django.http import Http404, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from anju.kernel.access.scope import Scope, using_scope
from anju.kernel.errors import Problem
from anju.kernel.journal.models import Block
from anju.kernel.journal.proof import export_proof
from anju.kernel.journal.verifying import verify as verify_journal
from anju.site.pages.journal import visible_entries
from anju.ui.access import page
from anju.ui.crumbs import Crumb
from anju.ui.downloads import JSON, download
from anju.ui.requests import ActedRequest

BLOCKS_SHOWN = 50


@page("journal.verify")
def seals(request: ActedRequest) -> HttpResponseBase:
    """The newest blocks of the chain."""
    return _show(request, {})


@require_POST
@page("journal.verify")
def verify(request: ActedRequest) -> HttpResponseBase:
    """Verify the whole journal now and name everything that is wrong."""
    began = time.monotonic()
    found: list[Problem] = verify_journal()
    return _show(request, {"verified": True, "findings": found, "seconds": f"{time.monotonic() - began:.1f}"})


@page()
def proof(request: ActedRequest, number: int) -> HttpResponseBase:
    """The inclusion proof of one visible entry, checkable without the database."""
    if not visible_entries(request.actor).filter(pk=number).exists():
        raise Http404
    content = json.dumps(export_proof(number), ensure_ascii=False, indent=1).encode()
    return download(content, f"日志{number}存在证明.json", JSON)


def _show(request: ActedRequest, result: dict[str, Any]) -> HttpResponseBase:
    with using_scope(Scope.system()):
        blocks = list(Block.objects.defer("leaves", "keys").order_by("-number")[:BLOCKS_SHOWN])
    context = {"blocks": blocks, "crumbs": [Crumb(_("日志"), "journal"), Crumb(_("封存与校验"))], **result}
    return render(request, "pages/journal/seals.html", context)
