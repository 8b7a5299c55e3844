"""Make the same document the same bytes: fixed order, fixed times, nothing that names the machine."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime

from docx.document import Document


def set_properties(document: Document, *, title: str, author: str, dated: date) -> None:
    """Core properties from the report, never from the clock."""
    properties = document.core_properties
    moment = datetime(dated.year, dated.month, dated.day)  # noqa: DTZ001 - the format has no zone
    properties.title, properties.author, properties.last_modified_by = title, author, author
    properties.created = properties.modified = moment
    properties.revision, properties.comments, properties.keywords, properties.language = 1, "", "", "zh-CN"


def packed(document: Document) -> bytes:
    """The document's bytes, zipped again with times and order of its content only."""
    raw = io.BytesIO()
    document.save(raw)
    out = io.BytesIO()
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        names = sorted(source.namelist(), key=lambda name: (name != "[Content_Types].xml", name))
        for name in names:
            info = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            info.compress_type, info.external_attr, info.create_system = zipfile.ZIP_DEFLATED, 0o600 << 16, 0
            target.writestr(info, source.read(name))
    return out.getvalue()
