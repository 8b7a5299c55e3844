"""A rule as data and back: what a decision keeps, so that it can be computed again when the code has moved on (GN-02)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from cryptography.hazmat.primitives.hashes import SM3, Hash

from anju.kernel.rules.parameters import Table, Value
from anju.kernel.rules.rule import Check, Given, Rule, Step
from anju.kernel.rules.terms import Term


def as_data(rule: Rule) -> dict[str, Any]:
    """The whole rule as JSON: terms numbered so that each names earlier ones only."""
    numbered = _Numbered()
    givens = [
        {"name": one.name, "label": one.label, "term": numbered.of(one.term), "labels": _texts(one.labels)} for one in rule.givens.values()
    ]
    parts: list[dict[str, Any]] = []
    for part in rule.parts:
        common = {"name": part.name, "label": part.label, "term": numbered.of(part.term), "source": part.source}
        parts.append(
            {**common, "holds": part.holds, "fails": part.fails}
            if isinstance(part, Check)
            else {**common, "says": part.says, "quiet": part.quiet}
        )
    return {
        "name": rule.name, "title": rule.title, "source": rule.source, "givens": givens, "parts": parts, "amount": rule.amount,
        "values": [_value_data(value) for value in rule.values.values()],
        "tables": [{**_value_data(table), "clamp": table.clamp, "labels": _texts(table.labels)} for table in rule.tables.values()],
        "terms": numbered.data,
    }  # fmt: skip


def from_data(data: Mapping[str, Any]) -> Rule:
    """The rule that `as_data` wrote."""
    terms: list[Term] = []
    for one in data["terms"]:
        args = tuple(terms[place] for place in one["args"])
        terms.append(Term(one["op"], args, one["kind"], one["unit"], one["scale"], one["low"], one["high"], one["data"]))
    givens = {one["name"]: Given(one["name"], one["label"], terms[one["term"]], _numbers(one["labels"])) for one in data["givens"]}
    parts = tuple(_part(one, terms) for one in data["parts"])
    values = {one["name"]: Value(**one) for one in data["values"]}
    tables = {one["name"]: Table(**{**one, "rows": _numbers(one["rows"]), "labels": _numbers(one["labels"])}) for one in data["tables"]}
    return Rule(data["name"], data["title"], data["source"], givens, values, tables, parts, data["amount"])


def digest_of(data: Mapping[str, Any]) -> str:
    """SM3 of the canonical JSON, in hex: the version of a rule."""
    digest = Hash(SM3())
    digest.update(json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode())
    return digest.finalize().hex()


class _Numbered:
    """Numbers terms in the order they are needed."""

    def __init__(self) -> None:
        self.data: list[dict[str, Any]] = []
        self._places: dict[int, int] = {}
        self._held: list[Term] = []

    def of(self, term: Term) -> int:
        if id(term) not in self._places:
            args = [self.of(arg) for arg in term.args]
            self._places[id(term)] = len(self.data)
            self._held.append(term)  # a number means nothing once its term is gone
            plain = {name: getattr(term, name) for name in ("op", "kind", "unit", "scale", "low", "high")}
            self.data.append({**plain, "args": args, "data": dict(term.data)})
        return self._places[id(term)]


def _part(one: Mapping[str, Any], terms: list[Term]) -> Step | Check:
    term = terms[one["term"]]
    if "holds" in one:
        return Check(one["name"], one["label"], term, one["holds"], one["fails"], one["source"])
    return Step(one["name"], one["label"], term, one["says"], one["source"], one["quiet"])


def _value_data(one: Value | Table) -> dict[str, Any]:
    data = {"name": one.name, "label": one.label, "unit": one.unit, "scale": one.scale, "source": one.source, "version": one.version}
    return {**data, "value": one.value} if isinstance(one, Value) else {**data, "rows": _texts(one.rows)}


def _texts(mapping: Mapping[int, Any]) -> dict[str, Any]:
    return {str(key): value for key, value in mapping.items()}


def _numbers(mapping: Mapping[str, Any]) -> dict[int, Any]:
    return {int(key): value for key, value in mapping.items()}
