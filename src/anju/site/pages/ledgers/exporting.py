"""Export of a list: exactly the rows the filter shows, personal identifiers masked, as a workbook."""

from __future__ import annotations

import tempfile
from pathlib import Path

from django.http import HttpResponseBase
from django.utils import timezone

from anju.kernel.ledgers import catalogue
from anju.kernel.ledgers.export import export as write_export
from anju.site.pages.ledgers.lists import Asked, chosen_fields
from anju.ui.access import page
from anju.ui.downloads import workbook
from anju.ui.requests import ActedRequest


@page("ledgers.export")
def export(request: ActedRequest, name: str) -> HttpResponseBase:
    """The workbook of what the list shows."""
    ledger = catalogue.get(name)
    asked = Asked.read(ledger, request.GET)
    columns = [field.name for field in chosen_fields(request, ledger)]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "export.xlsx"
        write_export(ledger, request.actor.scope, path=path, where=asked.where, search=asked.search, sort=asked.sort, columns=columns)
        return workbook(path.read_bytes(), f"{ledger.title}-{timezone.localdate():%Y%m%d}.xlsx")
