"""Books for figures no indicator counts yet: one ledger per thing counted, and the indicators over it, as pages of YAML to confirm."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

import yaml

from anju.kernel.quantities.units import AREA, MONEY, RATE, find_unit
from anju.kernel.reading.figure import ReadFigure, Reading
from anju.kernel.reading.templating.choices import MEASURES, Choice
from anju.kernel.reading.templating.phrases import full_subject

_NOT_IN_A_NAME = re.compile(r"[\s，。；、：“”‘’《》（）()\[\]|*\d]+")
_TIMES = frozenset({"months", "days", "working days", "weeks", "streak", "points of rate"})
NAME_MOST = 30


@dataclass(frozen=True, slots=True)
class Proposed:
    """An indicator that is not there yet: `figure` is the index it was read from, `key` what its slot would be called."""

    figure: int
    key: str
    name: str
    unit: str
    page: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A ledger with its indicators. `ledger` is its name, `label` what people call it, `page` its declaration."""

    ledger: str
    label: str
    page: dict[str, Any]
    indicators: tuple[Proposed, ...] = field(default=())

    @property
    def ledger_yaml(self) -> str:
        """The page as a file of ANJU_HOME/ledgers."""
        return yaml.safe_dump(self.page, allow_unicode=True, sort_keys=False)

    @property
    def indicators_yaml(self) -> str:
        """The indicators as a file of ANJU_HOME/indicators."""
        return yaml.safe_dump({each.key: each.page for each in self.indicators}, allow_unicode=True, sort_keys=False)


def propose(reading: Reading, choices: Sequence[Choice]) -> tuple[Proposal, ...]:
    """Ledgers for the levels nobody counts yet; the figures of one thing (9户，共计4470元) share a ledger.

    The same words give the same names, so that next year's text finds this year's books. Rates, ranks and growths are not proposed: they
    follow from the books once their base is counted. Units the system does not know are left out.
    """
    found: dict[str, list[tuple[ReadFigure, str]]] = {}
    for choice in choices:
        figure = reading.figures[choice.figure]
        if choice.state == "open" and _countable(figure):
            thing = _thing(reading, figure)
            if thing:
                found.setdefault(thing, []).append((figure, full_subject(reading, figure)))
    return tuple(_proposal(thing, figures) for thing, figures in found.items())


def _countable(figure: ReadFigure) -> bool:
    unit = find_unit(figure.unit)
    plain = figure.role in ("level", "cumulative", "target", "plan") and figure.role not in MEASURES
    return plain and unit is not None and unit.dimension != RATE and "/" not in unit.dimension and figure.dimension not in _TIMES


def _thing(reading: Reading, figure: ReadFigure) -> str:
    """What the ledger is of: the head of the clause group the figure stands in."""
    subject = full_subject(reading, figure)
    head = re.sub(r"(?:建筑|总|合计|共计)?(?:面积|金额|资金|套数|户数|人数|数量)$", "", subject)
    return _NOT_IN_A_NAME.sub("", head or subject)[-NAME_MOST:]


def _proposal(thing: str, figures: list[tuple[ReadFigure, str]]) -> Proposal:
    digest = sha256(thing.encode()).hexdigest()[:8]
    ledger = f"own_{digest}"
    fields: dict[str, dict[str, Any]] = {
        "number": {"label": "编号", "type": "text", "required": True, "max": 60, "help": "一条记录一个编号，不重复"},
        "happened_on": {"label": "日期", "type": "date", "required": True, "help": "这件事发生或办结的日期"},
        "topic": {"label": "名称或对象", "type": "text", "max": 200},
    }
    indicators: dict[str, Proposed] = {}
    for figure, subject in figures:
        proposed = _indicator(figure, subject or thing, ledger, digest, fields, first=not indicators)
        indicators.setdefault(proposed.key, proposed)
    page = {
        "ledger": ledger,
        "name": f"{thing}台账",
        "version": 1,
        "grain": "one record of what is counted",
        "source": f"{thing}登记",
        "key": ["number"],
        "date": "happened_on",
        "fields": fields,
    }
    return Proposal(ledger, f"{thing}台账", page, tuple(indicators.values()))


def _indicator(figure: ReadFigure, subject: str, ledger: str, digest: str, fields: dict[str, Any], *, first: bool) -> Proposed:
    unit = find_unit(figure.unit)
    assert unit is not None
    what, how = "count", {"count": "rows"}
    if unit.dimension == MONEY:
        fields["amount"] = {"label": "金额", "type": "money", "unit": "元", "required": True, "min": 0}
        what, how = "amount", {"sum": "amount"}
    elif unit.dimension == AREA:
        fields["area"] = {"label": "面积", "type": "area", "unit": "㎡", "required": True}
        what, how = "area", {"sum": "area"}
    elif not first or figure.scale > 1 or (figure.unit.endswith("次") and figure.unit != "次") or unit.dimension != unit.name:
        what = "n" + sha256(unit.dimension.encode()).hexdigest()[:4]
        fields[what] = {"label": f"数量（{unit.name}）", "type": "decimal", "unit": unit.name, "required": True, "min": 0, "places": 2}
        how = {"sum": what}
    key = f"own.b{digest}.{what}"
    label = _NOT_IN_A_NAME.sub("", subject)[-NAME_MOST:]
    page: dict[str, Any] = {"name": f"{label}", "unit": _base_unit(figure)}
    if figure.scale > 1 and find_unit(_shown(figure)) is not None:
        page["show"] = _shown(figure)
    if "sum" in how:
        page["round"] = figure.places
    when = {"cumulative": {"by": "happened_on", "since": "beginning"}} if figure.role == "cumulative" else {"by": "happened_on"}
    page |= {
        "fact": ledger,
        **how,
        **when,
        "source": f"{label}登记",
        "meaning": f"报告期内登记的{label}；由报告文稿中的“{figure.text}”提出，口径待确认。",
    }
    return Proposed(figure.index, key, label, figure.unit, page)


def _base_unit(figure: ReadFigure) -> str:
    unit = find_unit(figure.unit)
    return unit.name if unit is not None else figure.unit


def _shown(figure: ReadFigure) -> str:
    return {10**4: "万", 10**8: "亿"}.get(figure.scale, "") + _base_unit(figure)


def keys_of(proposals: Sequence[Proposal]) -> Iterator[tuple[int, str]]:
    """(figure index, key) of every proposed indicator."""
    for proposal in proposals:
        for indicator in proposal.indicators:
            yield indicator.figure, indicator.key
