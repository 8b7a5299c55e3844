"""Freeze a built report: text, figures and findings are stored with their snapshot and never change again."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from anju.kernel.access.actor import Actor
from anju.kernel.access.scope import using_scope
from anju.kernel.errors import AnjuError
from anju.kernel.figures import snapshots
from anju.kernel.journal.actions import action
from anju.kernel.reports.built import Block, Built, Finding, PlacedFigure, Run
from anju.kernel.reports.docx.evidence_part import map_digest
from anju.kernel.reports.models import FrozenFigure, FrozenFinding, FrozenReport


def freeze(built: Built, *, by: Actor, reason: str = "", key: str | None = None) -> Built:
    """Store the report and keep its snapshot; returns it with its number, which its documents carry.

    `key`: the client's idempotency key. Raises Forbidden without “reports.freeze”; the database refuses what lies outside
    the actor's scope.
    """
    by.require("reports.freeze")
    with action("reports.freeze", by=by, reason=reason, key=key, region_code=built.region, bureau_id=built.bureau_id) as entry:
        if entry.repeated:
            return load(int(entry.data["report"]), by=by)
        snapshots.freeze(snapshots.get(int(built.snapshot)), by=by)
        report = FrozenReport.objects.create(**_columns(built), frozen_by=by.name)
        FrozenFigure.objects.bulk_create(_figure_row(report, figure) for figure in built.figures)
        FrozenFinding.objects.bulk_create(_finding_row(report, finding) for finding in built.findings)
        frozen = replace(built, frozen=report.pk)
        entry.subject = f"reports_frozenreport:{report.pk}"
        entry.data.update(report=report.pk, snapshot=built.snapshot, template=built.template, period=built.period, digest=report.map_digest)
    return frozen


def load(number: int, *, by: Actor) -> Built:
    """A frozen report as it was. Raises AnjuError `reports.unknown_report` when there is none in the actor's scope."""
    by.require("reports.view")
    with using_scope(by.scope):
        report = by.scope.narrow(FrozenReport.objects.filter(pk=number)).first()
        if report is None:
            raise AnjuError.of("reports.unknown_report", f"没有第{number}号定稿报告，或不在您的数据范围内。", advice="请核对编号。")
        figures = tuple(_figure(row) for row in report.figures.order_by("id"))
        findings = tuple(_finding(row) for row in report.findings.order_by("id"))
    return Built(
        template=report.template,
        template_version=report.template_version,
        template_digest=report.template_digest,
        title=report.title,
        period=report.period,
        period_label=report.period_label,
        region=report.region_code,
        region_name=report.region_name,
        bureau_id=report.bureau_id,
        bureau_name=report.bureau_name,
        dated=report.dated,
        snapshot=str(report.snapshot_id),
        blocks=tuple(_block(entry) for entry in report.blocks),
        figures=figures,
        findings=findings,
        frozen=report.pk,
        sealed=report.sealed,
    )


def _columns(built: Built) -> dict[str, Any]:
    return {
        "template": built.template,
        "template_version": built.template_version,
        "template_digest": built.template_digest,
        "title": built.title,
        "period": built.period,
        "period_label": built.period_label,
        "region_code": built.region,
        "region_name": built.region_name,
        "bureau_id": built.bureau_id,
        "bureau_name": built.bureau_name,
        "dated": built.dated,
        "snapshot_id": int(built.snapshot),
        "sealed": built.sealed,
        "text": built.text,
        "blocks": [_layout(block) for block in built.blocks],
        "map_digest": map_digest(built),
    }


def _layout(block: Block) -> dict[str, Any]:
    return {"kind": block.kind, "level": block.level, "lead": block.lead, "runs": [[run.text, run.figure] for run in block.runs]}


def _block(entry: dict[str, Any]) -> Block:
    return Block(entry["kind"], tuple(Run(text, figure) for text, figure in entry["runs"]), entry["level"], entry["lead"])


_SAME = (
    "bookmark",
    "reference",
    "format",
    "key",
    "measure",
    "name",
    "period",
    "value",
    "unit",
    "shown",
    "rows",
    "digest",
    "version",
    "missing",
)


def _figure_row(report: FrozenReport, figure: PlacedFigure) -> FrozenFigure:
    return FrozenFigure(
        report=report,
        region_code=report.region_code,
        bureau_id=report.bureau_id,
        figure_region=figure.region,
        figure_bureau=figure.bureau_id,
        snapshot_id=int(figure.snapshot),
        **{name: getattr(figure, name) for name in _SAME},
    )


def _figure(row: FrozenFigure) -> PlacedFigure:
    same = {name: getattr(row, name) for name in _SAME}
    return PlacedFigure(**same, region=row.figure_region, bureau_id=row.figure_bureau, snapshot=str(row.snapshot_id))


def _finding_row(report: FrozenReport, finding: Finding) -> FrozenFinding:
    return FrozenFinding(
        report=report,
        region_code=report.region_code,
        bureau_id=report.bureau_id,
        rule=finding.rule,
        severity=finding.severity,
        message=finding.message,
        advice=finding.advice,
        where=finding.where,
        bookmarks=" ".join(finding.figures),
        references=" ".join(finding.references),
    )


def _finding(row: FrozenFinding) -> Finding:
    severity: Any = row.severity
    return Finding(row.rule, severity, row.message, row.advice, tuple(row.bookmarks.split()), tuple(row.references.split()), row.where)
