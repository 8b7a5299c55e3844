"""Build a report: evaluate every figure of a template in one go, decide its conditions, lay out its text, look for findings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from anju.kernel.access.actor import Actor
from anju.kernel.access.scope import using_scope
from anju.kernel.errors import AnjuError
from anju.kernel.figures import catalogue as indicator_catalogue
from anju.kernel.figures import snapshots
from anju.kernel.figures.compute import evaluate
from anju.kernel.figures.engines.duckdb import DuckDBEngine
from anju.kernel.figures.evidence import evidence_of_all
from anju.kernel.figures.figure import Figure
from anju.kernel.figures.models import Snapshot
from anju.kernel.figures.periods import Period, day_label
from anju.kernel.figures.planning import Request
from anju.kernel.figures.series import breakdown, by_region, label
from anju.kernel.orgs.models import Bureau, Region
from anju.kernel.reports import catalogue
from anju.kernel.reports.built import Block, Built, PlacedFigure, Run
from anju.kernel.reports.deciding import holds
from anju.kernel.reports.expanding import expand
from anju.kernel.reports.findings.checking import find
from anju.kernel.reports.findings.facts_of import Evaluated
from anju.kernel.reports.findings.relations import Relation
from anju.kernel.reports.language.nodes import Choice, Node, Reference, Slot, Text
from anju.kernel.reports.language.walking import references
from anju.kernel.reports.paragraphs import lay_out
from anju.kernel.reports.template import Template
from anju.kernel.reports.validation import REGION
from anju.kernel.reports.variables import variables
from anju.kernel.reports.wording import read_formats, words

BOOKMARK = "anju_f{:03d}"


def build(
    template: Template | str,
    period: Period,
    *,
    by: Actor,
    bureau: Bureau | None = None,
    region: str | None = None,
    snapshot: Snapshot | None = None,
    dated: date | None = None,
    serial: str = "",
) -> Built:
    """Build one report of a bureau for a period.

    `bureau`: the actor's own by default. `region`: the bureau's. `snapshot`: a fresh one by default; the same one gives the same report.
    `dated`: the date below the text, the period's last day by default. `serial`: the number in the 发文字号; without it none is printed.
    Raises AnjuError for an unknown template, a period of the wrong kind or figures that cannot be computed, Forbidden outside the
    actor's scope or without “reports.view”.
    """
    by.require("reports.view")
    template = catalogue.template(template) if isinstance(template, str) else template
    _require_kind(template, period)
    with using_scope(by.scope):
        bureau = bureau or _own_bureau(by)
        code = region or bureau.region_id
        place = Region.objects.get(pk=code)
        snapshot = snapshot or snapshots.refresh()
        dated = dated or period.end
        told = variables(period, bureau=bureau.name, region=place.name, dated=dated, number=serial)
        return _Building(template, period, by, bureau, place, snapshot, dated, told, serial, DuckDBEngine(snapshot)).built()


def _require_kind(template: Template, period: Period) -> None:
    if period.kind not in template.periods:
        raise AnjuError.of(
            "reports.wrong_period", f"“{template.name}”不是{period.label}用的模板。", advice=f"它用于：{'、'.join(template.periods)}。"
        )


def _own_bureau(by: Actor) -> Bureau:
    bureau = Bureau.objects.filter(pk=by.bureau_id).first() if by.bureau_id is not None else None
    if bureau is None:
        raise AnjuError.of("reports.no_bureau", "没有说明是哪个单位的报告。", advice="请指定单位，例如 --bureau dongyuan。")
    return bureau


@dataclass
class _Building:
    """One build under way; `placed` grows as slots are printed."""

    template: Template
    period: Period
    by: Actor
    bureau: Bureau
    place: Region
    snapshot: Snapshot
    dated: date
    told: dict[str, str]
    serial: str
    engine: DuckDBEngine
    placed: list[tuple[Slot, Reference, str, str]] = field(default_factory=list)

    def built(self) -> Built:
        body = self.expand(self.template.body)
        heads = {name: self.expand(nodes) for name, nodes in self.template.head_words.items()}
        attachments = [self.expand(nodes) for nodes in self.template.attachments]
        wanted = self.wanted((body, *heads.values(), *attachments))
        relations = self.relations(wanted)
        everything = dict.fromkeys((*wanted, *(each for relation in relations for each in relation.references)))
        figures = self.evaluate(everything)
        blocks = self.blocks(heads, body, attachments, figures)
        placed = self.place_figures(figures)
        report = Evaluated(self.template, figures, _by_reference(self.placed, placed), indicator_catalogue.all_indicators(), blocks)
        return Built(
            template=self.template.name,
            template_version=self.template.version,
            template_digest=self.template.digest,
            title=next(block.text for block in blocks if block.kind == "title"),
            period=self.period.code,
            period_label=self.period.label,
            region=self.place.pk,
            region_name=self.place.name,
            bureau_id=self.bureau.pk,
            bureau_name=self.bureau.name,
            dated=self.dated,
            snapshot=str(self.snapshot.pk),
            blocks=tuple(blocks),
            figures=placed,
            findings=find(report, relations),
            sealed=self.template.sealed,
        )

    def expand(self, nodes: tuple[Node, ...]) -> tuple[Node, ...]:
        return expand(nodes, self.values, self.told)

    def values(self, dimension: str, reference: Reference) -> list[tuple[str, str]]:
        """The values of a list's dimension that have rows, with what to call them."""
        request = self.request(reference)
        if dimension == REGION:
            below = by_region(request.indicator, request.period, request.region, by=self.by, engine=self.engine)
            return [(figure.region, name) for name, figure in below if figure.rows]
        found = breakdown(
            request.indicator, dimension, request.period, request.region,
            by=self.by, engine=self.engine, filters=request.filters, bureau_id=request.bureau_id,
        )  # fmt: skip
        return [(value, label(reference.key, dimension, value)) for value, _ in sorted(found, key=_natural)]

    def request(self, reference: Reference) -> Request:
        filters = dict(reference.filters)
        region = filters.pop(REGION, self.place.pk)
        return Request(
            indicator=reference.key,
            period=reference.period_in(self.period),
            region=region,
            bureau_id=self.by.scope.bureau_id,
            filters=tuple(sorted(filters.items())),
            measure=reference.measure,
        )

    def wanted(self, texts: Iterable[tuple[Node, ...]]) -> list[Reference]:
        found = [reference for nodes in texts for reference, _, _ in references(nodes)]
        slots = [_printed(slot) for nodes in texts for slot in _slots(nodes)]
        return list(dict.fromkeys((*slots, *found)))

    def relations(self, wanted: list[Reference]) -> list[Relation]:
        """Those of the template, and those of the slices whose total it prints."""
        of_slices = [relation for relation in catalogue.slice_relations() if relation.total in wanted or relation.kind == "claim"]
        return [each for each in (*self.template.relations, *of_slices) if each.period in ("", self.period.code)]

    def evaluate(self, wanted: Iterable[Reference]) -> dict[Reference, Figure]:
        asked = list(wanted)
        figures = evaluate([self.request(reference) for reference in asked], by=self.by, snapshot=self.snapshot, engine=self.engine)
        return dict(zip(asked, figures, strict=True))

    def blocks(
        self,
        heads: Mapping[str, tuple[Node, ...]],
        body: tuple[Node, ...],
        attachments: list[tuple[Node, ...]],
        figures: Mapping[Reference, Figure],
    ) -> list[Block]:
        def one(kind: str, nodes: tuple[Node, ...], *, before: str = "", after: str = "") -> Block:
            runs = tuple(run for run in (Run(before), *self.runs(nodes, figures), Run(after)) if run.text)
            return Block(kind, runs)  # type: ignore[arg-type]

        made = [one("number", heads["number"])] if heads["number"] and self.serial else []
        made.append(one("title", heads["title"]))
        made += [one("subtitle", heads["subtitle"])] if heads["subtitle"] else []
        if heads["addressee"]:
            addressee = one("addressee", heads["addressee"])
            made.append(addressee if addressee.text.endswith("：") else replace(addressee, runs=(*addressee.runs, Run("："))))
        made += lay_out(self.runs(body, figures))
        for number, nodes in enumerate(attachments, start=1):
            made.append(one("attachment", nodes, before=("附件：" if number == 1 else "\u3000\u3000\u3000") + f"{number}."))
        if heads["signed_by"]:
            made += [one("signature", heads["signed_by"]), Block("date", (Run(day_label(self.dated)),))]
        return made

    def runs(self, nodes: tuple[Node, ...], figures: Mapping[Reference, Figure]) -> Iterator[Run]:
        for node in nodes:
            if isinstance(node, Text):
                yield Run(node.text)
            elif isinstance(node, Slot):
                reference = _printed(node)
                shown = words(figures[reference], read_formats(node.formats), growth=self.template.growth)
                bookmark = BOOKMARK.format(len(self.placed) + 1)
                self.placed.append((node, reference, bookmark, shown))
                yield Run(shown, bookmark)
            elif isinstance(node, Choice):
                branch = next((each.body for each in node.branches if holds(each.condition, figures)), node.otherwise)
                yield from self.runs(branch, figures)

    def place_figures(self, figures: Mapping[Reference, Figure]) -> tuple[PlacedFigure, ...]:
        printed = list(dict.fromkeys(reference for _, reference, _, _ in self.placed))
        found = evidence_of_all([self.request(reference) for reference in printed], by=self.by, engine=self.engine)
        digests = {reference: (each.digest, each.count) for reference, each in zip(printed, found, strict=True)}
        return tuple(
            self._placed(slot, reference, bookmark, shown, figures[reference], *digests[reference])
            for slot, reference, bookmark, shown in self.placed
        )

    def _placed(self, slot: Slot, reference: Reference, bookmark: str, shown: str, figure: Figure, digest: str, rows: int) -> PlacedFigure:
        return PlacedFigure(
            bookmark=bookmark,
            reference=str(reference),
            format="|".join(slot.formats),
            key=reference.key,
            measure=figure.measure,
            name=figure.name,
            period=figure.period.code,
            region=figure.region,
            bureau_id=figure.bureau_id,
            value=figure.exact() or "",
            unit=figure.unit,
            shown=shown,
            rows=rows,
            digest=digest,
            snapshot=str(self.snapshot.pk),
            version=str(figure.version),
            missing=figure.missing or "",
        )


def _printed(slot: Slot) -> Reference:
    """The reference a slot prints: a format like 同比 asks for another measure."""
    measure = read_formats(slot.formats).measure
    return replace(slot.reference, measure=measure) if measure else slot.reference  # type: ignore[arg-type]


def _slots(nodes: tuple[Node, ...]) -> Iterator[Slot]:
    for node in nodes:
        if isinstance(node, Slot):
            yield node
        elif isinstance(node, Choice):
            for branch in node.branches:
                yield from _slots(branch.body)
            yield from _slots(node.otherwise)


def _by_reference(
    slots: list[tuple[Slot, Reference, str, str]], placed: tuple[PlacedFigure, ...]
) -> dict[Reference, tuple[PlacedFigure, ...]]:
    found: dict[Reference, tuple[PlacedFigure, ...]] = {}
    for (_, reference, _, _), figure in zip(slots, placed, strict=True):
        found[reference] = (*found.get(reference, ()), figure)
    return found


def _natural(item: tuple[str, Figure]) -> tuple[int, int]:
    # Numbers by size (9 before 10); everything else keeps the order it came in, because the sort is stable.
    return (0, int(item[0])) if item[0].isdigit() else (1, 0)
