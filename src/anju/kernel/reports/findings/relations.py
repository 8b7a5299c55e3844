"""Relations between figures, declared in a template's head or in `domains/<slice>/relations.yaml`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from anju.kernel.declarations.reading import YamlText
from anju.kernel.errors import Problem
from anju.kernel.quantities.units import find_unit
from anju.kernel.reports.language.conditions import parse_condition
from anju.kernel.reports.language.nodes import Condition, Reference
from anju.kernel.reports.language.references import NotAReference, parse_reference
from anju.kernel.reports.language.walking import condition_references

_PRINTED = re.compile(r"\s*(约)?\s*(-?\d[\d,]*(?:\.\d+)?)\s*([^\d\s]+)\s*")


@dataclass(frozen=True, slots=True)
class Printed:
    """A number as some paper printed it: `4687元/㎡` is 4687 with 0 places."""

    text: str
    value: Fraction
    places: int
    unit: str
    about: bool = False


@dataclass(frozen=True, slots=True)
class Relation:
    """One declared relation.

    sum: total = parts.  of_which: every part <= total.  ratio: of / over = total.  decomposition: the growth of the total lies between
    those of its parts.  target: parts[0] >= 100 %.  claim: `words` may be printed only while `condition` holds.
    stated: `printed` (in the paper `paper`, about `period` when one is named) should follow from total.
    """

    kind: str
    where: str
    total: Reference | None = None
    parts: tuple[Reference, ...] = ()
    words: str = ""
    condition: Condition | None = None
    printed: Printed | None = None
    paper: str = ""
    period: str = ""
    note: str = ""

    @property
    def references(self) -> tuple[Reference, ...]:
        """Every figure the relation needs, growths included."""
        named = (*((self.total,) if self.total else ()), *self.parts)
        if self.kind == "decomposition":
            named += tuple(Reference(each.key, each.filters, each.part, "yoy") for each in named)
        return (*named, *(condition_references(self.condition) if self.condition is not None else ()))


def read_relations(source: YamlText, path: tuple[str | int, ...], entries: Any, problems: list[Problem]) -> tuple[Relation, ...]:
    """The relations of a YAML list; what is wrong with an entry is appended to `problems` with its line."""
    if entries is None:
        return ()
    if not isinstance(entries, list):
        problems.append(_problem(source.where(*path), "relations应是一个列表。", "每条以“- ”开头。"))
        return ()
    found = []
    for position, entry in enumerate(entries):
        where = source.where(*path, position)
        if not isinstance(entry, dict) or len(entry) != 1 or next(iter(entry)) not in _READERS:
            problems.append(_problem(where, "每条关系应写成“种类: 内容”。", f"种类有：{'、'.join(_READERS)}。"))
            continue
        kind, body = next(iter(entry.items()))
        try:
            found.append(_READERS[kind](kind, body, where))
        except NotAReference as error:
            problems.append(_problem(where, f"关系“{kind}”：{error}。", "写法见docs/recipes/add-a-report-template.md“关系”一节。"))
    return tuple(found)


def printed(text: str) -> Printed:
    """Read `约6.94万㎡`. Raises NotAReference."""
    match = _PRINTED.fullmatch(text)
    if match is None or find_unit(match[3]) is None:
        raise NotAReference(f"“{text}”应是带单位的数，例如4687元/㎡")
    digits = match[2].replace(",", "")
    return Printed(text.strip(), Fraction(digits), len(digits.partition(".")[2]), match[3], match[1] is not None)


def _problem(where: str, what: str, advice: str) -> Problem:
    return Problem("reports.template.relation", where, what, advice)


def _fields(body: Any, needed: tuple[str, ...], optional: tuple[str, ...] = ()) -> dict[str, Any]:
    if not isinstance(body, dict):
        raise NotAReference(f"内容应写成 {{{'、'.join(needed)}}}")
    missing = [name for name in needed if name not in body]
    unknown = [name for name in body if name not in (*needed, *optional, "note")]
    if missing or unknown:
        raise NotAReference(f"缺少{'、'.join(missing)}" if missing else f"不认识{'、'.join(unknown)}")
    return body


def _references(value: Any) -> tuple[Reference, ...]:
    return tuple(parse_reference(str(item)) for item in (value if isinstance(value, list) else [value]))


def _sum(kind: str, body: Any, where: str) -> Relation:
    fields = _fields(body, ("total", "parts"))
    return Relation(kind, where, parse_reference(str(fields["total"])), _references(fields["parts"]), note=str(fields.get("note", "")))


def _of_which(kind: str, body: Any, where: str) -> Relation:
    fields = _fields(body, ("total", "part"))
    return Relation(kind, where, parse_reference(str(fields["total"])), _references(fields["part"]), note=str(fields.get("note", "")))


def _ratio(kind: str, body: Any, where: str) -> Relation:
    fields = _fields(body, ("is", "of", "over"))
    parts = (*_references(fields["of"]), *_references(fields["over"]))
    return Relation(kind, where, parse_reference(str(fields["is"])), parts, note=str(fields.get("note", "")))


def _target(kind: str, body: Any, where: str) -> Relation:
    return Relation(kind, where, parts=_references(body))


def _claim(kind: str, body: Any, where: str) -> Relation:
    fields = _fields(body, ("words", "when"))
    return Relation(kind, where, words=str(fields["words"]), condition=parse_condition(str(fields["when"])))


def _stated(kind: str, body: Any, where: str) -> Relation:
    fields = _fields(body, ("figure", "printed"), ("in", "period"))
    return Relation(
        kind,
        where,
        parse_reference(str(fields["figure"])),
        printed=printed(str(fields["printed"])),
        paper=str(fields.get("in", "")),
        period=str(fields.get("period", "")),
        note=str(fields.get("note", "")),
    )


_READERS = {
    "sum": _sum,
    "of_which": _of_which,
    "ratio": _ratio,
    "decomposition": _sum,
    "target": _target,
    "claim": _claim,
    "stated": _stated,
}
