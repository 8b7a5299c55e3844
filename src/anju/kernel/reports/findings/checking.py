"""Every finding about a report, errors first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from anju.kernel.reports.built import Finding
from anju.kernel.reports.findings import arithmetic, statements, style
from anju.kernel.reports.findings.facts_of import Evaluated
from anju.kernel.reports.findings.relations import Relation

_RULES: dict[str, Callable[[Relation, Evaluated], Iterator[Finding]]] = {
    "sum": arithmetic.check_sum,
    "of_which": arithmetic.check_of_which,
    "ratio": arithmetic.check_ratio,
    "decomposition": arithmetic.check_decomposition,
    "target": statements.check_target,
    "claim": statements.check_claim,
    "stated": statements.check_stated,
}
_WEIGHT = {"error": 0, "warning": 1, "note": 2}


def find(report: Evaluated, relations: Iterable[Relation]) -> tuple[Finding, ...]:
    """The findings of declared relations, of relations the indicators imply, of missing bases and of style; no finding twice."""
    declared = list(relations)
    implied = [relation for reference in report.printed for relation in statements.implied(reference, report)]
    found: list[Finding] = []
    for relation in (*declared, *implied):
        if all(reference in report.figures for reference in relation.references):
            found.extend(_RULES[relation.kind](relation, report))
    found += [*_missing(report), *style.check_text(report.blocks), *style.check_words(report.template)]
    return tuple(sorted(_once(found), key=lambda finding: _WEIGHT[finding.severity]))


def _missing(report: Evaluated) -> Iterator[Finding]:
    for reference in report.printed:
        figure = report.figures[reference]
        if figure.missing:
            advice = "请补录上年同期的台账，或把这句话写成条件句（如果 有 …）。"
            yield report.finding("missing_base", "warning", f"{figure.name}没有数字：{figure.text}。", advice, reference)


def _once(findings: list[Finding]) -> list[Finding]:
    return list({(finding.rule, finding.message, finding.where): finding for finding in findings}.values())
