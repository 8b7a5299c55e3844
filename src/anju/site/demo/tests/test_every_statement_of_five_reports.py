"""423 statements of five real reports, each computed from the books of a made-up bureau and printed to the digit."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from anju.kernel.access.actor import Actor
from anju.kernel.access.scope import Scope, using_scope
from anju.kernel.figures import snapshots
from anju.kernel.figures.compute import evaluate
from anju.kernel.figures.engines.duckdb import DuckDBEngine
from anju.kernel.figures.engines.postgres import PostgresEngine
from anju.kernel.figures.evidence import evidence_of_all
from anju.kernel.figures.figure import Figure
from anju.kernel.figures.models import Snapshot
from anju.kernel.figures.periods import Period
from anju.kernel.figures.planning import Request
from anju.kernel.figures.references import parse_name
from anju.kernel.orgs.models import Bureau, User
from anju.kernel.orgs.queries import actor_of
from anju.kernel.reports.building import build
from anju.kernel.reports.built import Run
from anju.kernel.reports.language.nodes import Slot
from anju.kernel.reports.language.parser import parse_body
from anju.kernel.reports.paragraphs import lay_out
from anju.kernel.reports.template import parse_template
from anju.kernel.reports.wording import read_formats
from anju.site.demo.people_in_post import SIGN_IN
from anju.site.demo.statements import Report, Statement, names, read
from anju.site.demo.statements.rebuilding import HEAD, template_of, wanted
from anju.testing.sample import Sample

CORRECTED = {
    "seed_000": {27, 56, 57},  # an average price that does not follow from its totals; 余 behind exact numbers
    "seed_001": {0},  # 县 in the report of a district
    "seed_002": {0},  # next year's number in the text; its masked money without 元 is filled with the unit
    "seed_003": {0},  # an assessment of a year that is not over
    "seed_004": set(),
}
TABLE = Path("shared") / "domain" / "seed-indicators.csv"


def reader_of(report: Report) -> Actor:
    with using_scope(Scope.system()):
        return actor_of(User.objects.get(username=SIGN_IN if report.bureau == "dongyuan" else f"{report.bureau}-demo"))


@pytest.fixture(scope="module")
def snapshot(every_bureau_to_read: Sample) -> Snapshot:
    with using_scope(Scope.system()):
        return snapshots.refresh()


def references(report: Report) -> list[tuple[Statement, str]]:
    """Every statement with the figure behind it."""
    found = []
    for statement in report.statements:
        if statement.claim or statement.figure:
            found.append((statement, statement.figure or statement.claim.rsplit(" ", 2)[0]))
            continue
        for node in parse_body(statement.template, name="", first_line=1, problems=[]):
            if isinstance(node, Slot):
                measure = read_formats(node.formats).measure or node.reference.measure
                found.append((statement, str(replace(node.reference, measure=measure))))
    return found


def request_for(text: str, report: Report) -> Request:
    name = parse_name(text)
    filters = dict(name.filters)
    region = filters.pop("region", report.region)
    period = name.period_in(Period.parse(report.period))
    return Request(name.key, period, region, filters=tuple(sorted(filters.items())), measure=name.measure)


@pytest.fixture(scope="module")
def figures_of(every_bureau_to_read: Sample, snapshot: Snapshot) -> Callable[..., list[Figure]]:
    def evaluated(report: Report, engine: Any = None) -> list[Figure]:
        by = reader_of(report)
        requests = [request_for(text, report) for _, text in references(report)]
        with using_scope(by.scope):
            return evaluate(requests, by=by, snapshot=snapshot, engine=engine)

    return evaluated


@pytest.mark.parametrize("name", names())
def test_every_statement_prints_what_it_must(every_bureau_to_read: Sample, snapshot: Snapshot, name: str):
    report = read(name)
    printed = [statement for statement in report.statements if statement.template and not statement.claim]
    body = "\n".join(f"第{number}句{statement.template}" for number, statement in enumerate(printed))
    by = reader_of(report)
    template_text = HEAD.format(name=name, growth=", ".join(report.growth)) + body
    template = parse_template(template_text, name=name, stem=name, slice_name="statements")
    with using_scope(by.scope):
        built = build(template, Period.parse(report.period), by=by, bureau=Bureau.objects.get(code=report.bureau), snapshot=snapshot)
    lines = [block.text for block in built.blocks if block.kind == "text"]
    assert lines == [f"第{number}句{statement.shows}" for number, statement in enumerate(printed)]


@pytest.mark.parametrize("name", names())
def test_every_claim_and_silent_statement_has_its_figure(figures_of: Callable[..., list[Figure]], name: str):
    report = read(name)
    for (statement, _), figure in zip(references(report), figures_of(report), strict=True):
        if statement.figure:
            assert figure.text == statement.exact, statement.name
        elif statement.claim:
            assert figure.value == Fraction(statement.exact), statement.name


@pytest.mark.parametrize("name", names())
def test_every_figure_opens_down_to_rows_and_both_engines_agree(figures_of: Callable[..., list[Figure]], snapshot: Snapshot, name: str):
    report = read(name)
    on_snapshot = figures_of(report, DuckDBEngine(snapshot))
    assert on_snapshot == figures_of(report, PostgresEngine())
    by = reader_of(report)
    with using_scope(by.scope):
        found = evidence_of_all([request_for(text, report) for _, text in references(report)], by=by, snapshot=snapshot)
    for (statement, text), figure, evidence in zip(references(report), on_snapshot, found, strict=True):
        if parse_name(text).measure == "value":
            assert figure.rows == evidence.count, statement.name
        if figure.value:
            assert figure.rows > 0, statement.name


@pytest.fixture(scope="module")
def statements_table(request: pytest.FixtureRequest) -> dict[str, list[dict[str, str]]]:
    table = request.config.rootpath.parent / TABLE
    if not table.exists():
        pytest.skip("the reference material is not beside the project")
    found: dict[str, list[dict[str, str]]] = {}
    with table.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            found.setdefault(row["seed"], []).append(row)
    return found


@pytest.mark.shared
def test_all_listed_statements_are_mapped(statements_table: dict[str, list[dict[str, str]]]):
    assert sum(len(rows) for rows in statements_table.values()) == 423
    for name in names():
        report = read(name)
        rows = statements_table[report.file]
        assert {statement.row for statement in report.statements if statement.row} == set(range(1, len(rows) + 1))
        for statement in report.statements:
            assert not statement.row or statement.name == rows[statement.row - 1]["indicator_zh"]


@pytest.mark.shared
def test_the_differences_are_the_masks_and_the_known_slips(statements_table: dict[str, list[dict[str, str]]]):
    for name in names():
        report = read(name)
        rows = statements_table[report.file]
        listed = [statement for statement in report.statements if statement.row]
        assert {each.row for each in report.statements if each.differs == "corrected"} == CORRECTED[name]
        masked = {number for number, row in enumerate(rows, start=1) if "*" in row["value"]}
        assert {each.row for each in listed if "*" in each.was} == masked
        for statement in report.statements:
            assert statement.differs or statement.shows == statement.was
            assert ("*" in statement.was) == (statement.differs == "filled") or statement.differs == "corrected", statement.name
            assert "*" not in statement.shows


@pytest.mark.shared
@pytest.mark.parametrize("name", names())
def test_the_report_is_rebuilt_but_for_the_differences(
    every_bureau_to_read: Sample, snapshot: Snapshot, request: pytest.FixtureRequest, name: str
):
    report = read(name)
    path = request.config.rootpath.parent / "shared" / "seeds" / report.file
    if not path.exists():
        pytest.skip("the reference material is not beside the project")
    text = path.read_text(encoding="utf-8")
    by = reader_of(report)
    with using_scope(by.scope):
        bureau = Bureau.objects.get(code=report.bureau)
        built = build(template_of(text, report, name), Period.parse(report.period), by=by, bureau=bureau, snapshot=snapshot)
    rebuilt = [block.text for block in built.blocks if block.kind == "text"]
    assert rebuilt == [block.text for block in lay_out([Run(wanted(text, report))])]
    original = [block.text for block in lay_out([Run(text)])]
    changed = sum(1 for before, after in zip(original, rebuilt, strict=True) if before != after)
    assert changed
    assert sum(after.count("*") for after in rebuilt) <= sum(before.count("*") for before in original)
