"""Maintenance funds (住宅专项维修资金): first deposit, sharing, votes, interest, top-up.

Sources: 令165号 (建设部、财政部 2007); Civil Code arts 278, 281, 1259; 建筑物区分所有权司法解释. Rates are dated local parameters.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from anju.domains.funds.rules.exact import part_of, share

NOT_PAID_FOR = {
    "builder_duty": "应由建设单位或施工单位承担",
    "utility_duty": "应由供水、供电、供气、供热、通信等单位承担",
    "damage": "人为损坏应由责任人承担",
    "property_duty": "物业服务合同约定由物业服务企业承担",
}
"""Art 25: what the fund may not pay for."""

EMERGENCIES = {
    "lift": "电梯故障危及人身安全",
    "fire": "消防设施故障",
    "leak": "屋面、外墙渗漏严重影响使用",
    "facade": "外墙脱落危及安全",
    "water": "二次供水水泵故障",
    "drain": "排水设施堵塞、爆裂",
}
"""建办房〔2015〕52号: where no vote is needed."""


def first_due(area_m2: Decimal, rate_fen: int) -> int:
    """First deposit: building area x published rate per square metre, half up to the fen (art 7)."""
    return part_of(rate_fen, area_m2)


def rate_fits_cost(rate_fen: int, cost_fen: int) -> bool:
    """The rate lies between 5% and 8% of the cost of one square metre, both included (art 7, MF-02)."""
    return 5 * cost_fen <= 100 * rate_fen <= 8 * cost_fen


def needs_top_up(balance_fen: int, first_fen: int) -> bool:
    """Below 30% of the first deposit (art 17); at exactly 30% it does not (MF-10)."""
    return 10 * balance_fen < 3 * first_fen


def shares(total_fen: int, areas_m2: Sequence[Decimal]) -> list[int]:
    """The cost among units by building area, in their order (art 20): largest remainder, exact."""
    return share(total_fen, [int(area * 100) for area in areas_m2])


@dataclass(frozen=True, slots=True)
class Charged:
    """What a unit's account pays of its share, and what its owner still owes."""

    charged_fen: int
    shortfall_fen: int


def charge(share_fen: int, balance_fen: int) -> Charged:
    """A unit account never goes negative: what it lacks becomes its owner's debt (MF-05)."""
    charged = min(share_fen, max(balance_fen, 0))
    return Charged(charged, share_fen - charged)


@dataclass(frozen=True, slots=True)
class Voice:
    """A unit in the scope of a vote. `choice`: for, against, abstain, or empty when no ballot was cast."""

    person: str
    area_m2: Decimal
    choice: str = ""


@dataclass(frozen=True, slots=True)
class Count:
    """A vote counted: areas in square metres, owners as persons (one owner of several units counts once)."""

    area: Decimal
    persons: int
    taking_part_area: Decimal
    taking_part_persons: int
    agreeing_area: Decimal
    agreeing_persons: int
    passed: bool
    why: str


USE, RAISE = "use", "raise"
"""Art 278 item 5 (use) and items 6 to 8 (raising the fund, rebuilding, change of common parts)."""


def count_votes(voices: Iterable[Voice], item: str = USE) -> Count:
    """Civil Code art 278: two thirds of area and persons take part (以上 includes equality, art 1259); then more than half of those taking
    part agree, for items 6 to 8 three quarters.

    An owner of several units is one person; a person agrees when no unit of theirs that voted says otherwise.
    """
    listed = list(voices)
    choices: dict[str, set[str]] = defaultdict(set)
    for voice in listed:
        choices[voice.person].add(voice.choice)
    area = sum((voice.area_m2 for voice in listed), Decimal(0))
    part_area = sum((voice.area_m2 for voice in listed if voice.choice), Decimal(0))
    for_area = sum((voice.area_m2 for voice in listed if voice.choice == "for"), Decimal(0))
    part = [person for person, said in choices.items() if said - {""}]
    agreeing = [person for person in part if choices[person] - {""} == {"for"}]
    why = _why(area, len(choices), part_area, len(part), for_area, len(agreeing), item)
    return Count(area, len(choices), part_area, len(part), for_area, len(agreeing), not why, why)


def _why(area: Decimal, persons: int, part_area: Decimal, part: int, for_area: Decimal, agreeing: int, item: str) -> str:
    if not persons or 3 * part_area < 2 * area or 3 * part < 2 * persons:
        return "参与表决的专有面积或人数不足三分之二"
    if item == RAISE:
        return "" if 4 * for_area >= 3 * part_area and 4 * agreeing >= 3 * part else "同意的面积或人数不足参与表决的四分之三"
    return "" if 2 * for_area > part_area and 2 * agreeing > part else "同意的面积或人数未过参与表决的半数"


def interest_weights(days: Sequence[tuple[int, int]]) -> int:
    """Σ balance x days of one unit over a year, as the weight of its share. `days`: (balance in fen, number of days)."""
    return sum(max(balance, 0) * number for balance, number in days)


def interest(days: Sequence[tuple[int, int]], rate: Decimal, year_days: int) -> int:
    """Interest of balances over days at a yearly rate, half up to the fen (`year_days`: the bank's day count, 360 or 365)."""
    return part_of(interest_weights(days), Fraction(rate) / year_days)
