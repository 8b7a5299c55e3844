"""Files handed to the browser, with names in Chinese."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.http import content_disposition_header

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF = "application/pdf"
JSON = "application/json"


def download(content: bytes, filename: str, content_type: str) -> HttpResponse:
    """A file to keep; never shown inside the page, never cached on the way."""
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = content_disposition_header(True, filename) or "attachment"
    response["Cache-Control"] = "no-store"
    return response


def workbook(content: bytes, filename: str) -> HttpResponse:
    """An .xlsx workbook to keep."""
    return download(content, filename, XLSX)
