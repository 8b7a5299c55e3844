"""Filters of a list: read from the address, said as sentences, handed to the ledger as conditions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from anju.kernel.ledgers.catalogue import Field, Ledger
from anju.kernel.ledgers.declaration import DATE_TYPES, NUMBER_TYPES
from anju.kernel.ledgers.filters import SEARCHED

MAX_TEXT = 60


@dataclass(frozen=True, slots=True)
class Term:
    """One condition on one field. `chosen`: codes of a choice; `low`, `high`: ends of a range; `text`: what a text must be or hold."""

    field: Field
    chosen: tuple[str, ...] = ()
    low: str = ""
    high: str = ""
    text: str = ""
    without: str = ""

    @property
    def sentence(self) -> str:
        """The condition in words: 用途是住宅或商业; 备案日期在2023-01-01至2023-06-30."""
        names = {"label": self.field.label, "unit": self.field.unit, "low": self.low, "high": self.high, "text": self.text}
        if self.chosen:
            return names["label"] + _("是") + _("或").join(self.field.choices.get(code, code) for code in self.chosen)
        if self.text:
            return _("%(label)s是“%(text)s”") % names if self.field.type not in SEARCHED else _("%(label)s含“%(text)s”") % names
        if self.low and self.high:
            return _("%(label)s在%(low)s至%(high)s%(unit)s") % names
        if self.field.type in DATE_TYPES:
            return (_("%(label)s不早于%(low)s") if self.low else _("%(label)s不晚于%(high)s")) % names
        return (_("%(label)s不小于%(low)s%(unit)s") if self.low else _("%(label)s不大于%(high)s%(unit)s")) % names


@dataclass(frozen=True, slots=True)
class Offer:
    """One line of the filter panel."""

    field: Field
    kind: str
    input: str = "text"
    low: str = ""
    high: str = ""
    options: tuple[tuple[str, str, bool], ...] = ()


def read_terms(ledger: Ledger, asked: QueryDict) -> list[Term]:
    """The conditions the address names, in the order of the fields; what is empty or unknown is left out."""
    terms = []
    for one in ledger.fields:
        name = f"f.{one.name}"
        if one.type == "choice":
            term = Term(one, chosen=tuple(code for code in asked.getlist(name) if code in one.choices))
        elif one.type in NUMBER_TYPES | DATE_TYPES:
            term = Term(one, low=_clean(asked.get(f"{name}.from")), high=_clean(asked.get(f"{name}.to")))
        else:
            term = Term(one, text=_clean(asked.get(name)))
        if term.chosen or term.low or term.high or term.text:
            terms.append(Term(one, term.chosen, term.low, term.high, term.text, _without(asked, one.name)))
    return terms


def offers(ledger: Ledger, terms: list[Term]) -> list[Offer]:
    """What the filter panel shows: every field a list can be narrowed by, personal identifiers and files aside."""
    now = {term.field.name: term for term in terms}
    found = []
    for one in ledger.fields:
        term = now.get(one.name) or Term(one)
        if one.personal or one.type == "file":
            continue
        if one.type == "choice":
            found.append(Offer(one, "choice", options=tuple((code, label, code in term.chosen) for code, label in one.choices.items())))
        elif one.type in NUMBER_TYPES | DATE_TYPES:
            kind = "date" if one.type == "date" else "month" if one.type == "month" else "text"
            found.append(Offer(one, "range", kind, term.low, term.high))
        else:
            found.append(Offer(one, "text", low=term.text))
    return found


def as_where(terms: list[Term]) -> dict[str, Any]:
    """The conditions as `ledgers.queries.page` takes them."""
    where: dict[str, Any] = {}
    for term in terms:
        if term.chosen:
            where[term.field.name] = list(term.chosen)
        elif term.text:
            where[term.field.name] = {"contains": term.text} if term.field.type in SEARCHED else term.text
        else:
            where[term.field.name] = {key: value for key, value in (("gte", term.low), ("lte", term.high)) if value}
    return where


def _clean(text: str | None) -> str:
    return (text or "").strip()[:MAX_TEXT]


def _without(asked: QueryDict, name: str) -> str:
    rest = asked.copy()
    for key in (f"f.{name}", f"f.{name}.from", f"f.{name}.to", "after"):
        rest.pop(key, None)
    return f"?{rest.urlencode()}"
