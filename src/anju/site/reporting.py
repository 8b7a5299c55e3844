"""Make a report's files: build, freeze, write DOCX and PDF."""

from __future__ import annotations

from pathlib import Path

from anju.kernel.access.actor import Actor
from anju.kernel.figures.periods import Period
from anju.kernel.orgs.models import Bureau
from anju.kernel.reports.building import build
from anju.kernel.reports.built import Built, Finding
from anju.kernel.reports.docx.writing import write_docx
from anju.kernel.reports.freezing import freeze
from anju.kernel.reports.pdf import convert_to_pdf

SEVERITY = {"error": "错误", "warning": "提示", "note": "说明"}


def make(
    template: str, *, period: str, by: Actor, bureau: Bureau | None = None, docx: Path, pdf: Path | None = None, frozen: bool = True
) -> Built:
    """Build the report, freeze it unless told not to, and write its files. Raises AnjuError of every step."""
    built = build(template, Period.parse(period), by=by, bureau=bureau)
    if frozen:
        built = freeze(built, by=by)
    docx.parent.mkdir(parents=True, exist_ok=True)
    write_docx(built, docx)
    if pdf is not None:
        pdf.parent.mkdir(parents=True, exist_ok=True)
        convert_to_pdf(docx, pdf)
    return built


def finding_line(finding: Finding) -> str:
    """A finding as one line for the terminal."""
    advice = f" {finding.advice}" if finding.advice else ""
    return f"[{SEVERITY[finding.severity]}] {finding.message}{advice}  [{finding.rule}]"
