"""The two axes of a unit's state: one trade stage (交易阶段) and a set of restrictions (权利限制).

Source: the transition table of the unit register; 全国房屋网签备案业务数据标准; 城市房地产管理法 art 38 for what blocks a trade.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _


class Stage(models.TextChoices):
    """Where a unit stands in the trade; exactly one at a time."""

    INITIAL = "initial", _("初始")
    NOT_FOR_SALE = "not_for_sale", _("不可售")
    SALEABLE = "saleable", _("可售")
    RESERVED = "reserved", _("已认购")
    SIGNED = "signed", _("已签约")
    FILED = "filed", _("已备案")
    REGISTERED = "registered", _("已登记")


class Event(models.TextChoices):
    """What moves a unit from one stage to the next."""

    OPEN = "open", _("核发预售许可或现售备案")
    WITHHOLD = "withhold", _("列为不可售")
    RELEASE = "release", _("解除不可售")
    RESERVE = "reserve", _("认购")
    LAPSE = "lapse", _("认购到期或退订")
    SIGN = "sign", _("网签")
    FILE = "file", _("备案")
    CANCEL = "cancel", _("撤销网签")
    CANCEL_FILING = "cancel_filing", _("注销备案")
    REGISTER = "register", _("办理转移登记")
    CLOSE = "close", _("许可撤销或失效")


class Limit(models.TextChoices):
    """A restriction on a unit; several may stand together."""

    MORTGAGED_LAND = "mortgaged_land", _("土地抵押")
    MORTGAGED_WORKS = "mortgaged_works", _("在建工程抵押")
    MORTGAGED = "mortgaged", _("抵押")
    SEIZED = "seized", _("查封")
    PRE_SEIZED = "pre_seized", _("预查封")
    DISPOSAL = "disposal", _("处置")
    OBJECTION = "objection", _("异议登记")
    ADMIN_LIMIT = "admin_limit", _("行政限制")
    EXPROPRIATION = "expropriation", _("征收冻结")
    ADVANCE_NOTICE = "advance_notice", _("预告登记")


class Withheld(models.TextChoices):
    """Classes of units that never go on sale with the rest (C07)."""

    PROPERTY_ROOM = "property_room", _("物业用房")
    RESETTLEMENT = "resettlement", _("安置房")
    SELF_HELD = "self_held", _("自持")
    CIVIL_DEFENCE = "civil_defence", _("人防")
    PUBLIC_RENTAL = "public_rental", _("公租房")
    OTHER = "other", _("其他")


BLOCKING = frozenset({Limit.SEIZED, Limit.PRE_SEIZED, Limit.DISPOSAL, Limit.ADMIN_LIMIT, Limit.EXPROPRIATION, Limit.OBJECTION})
"""Restrictions under which nothing is reserved, signed, filed, cancelled or mortgaged (MK-08)."""
MORTGAGES = frozenset({Limit.MORTGAGED_LAND, Limit.MORTGAGED_WORKS, Limit.MORTGAGED})
"""Restrictions that need the mortgagee's consent before signing (MK-09)."""
QUEUED = frozenset({Limit.SEIZED, Limit.PRE_SEIZED})
"""Restrictions that wait for each other (轮候查封): the earliest is in force, the next follows at once when it is lifted."""
STOPPED_BY_BLOCKING = frozenset({Event.RESERVE, Event.SIGN, Event.FILE, Event.CANCEL, Event.CANCEL_FILING})
LIVE = frozenset({Stage.SIGNED, Stage.FILED})
"""Stages in which a live contract stands on the unit."""
STOCK = frozenset({Stage.SALEABLE, Stage.RESERVED})
"""Stages that count as stock for sale (库存)."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One legal transition."""

    before: Stage
    event: Event
    after: Stage


RULES: tuple[Rule, ...] = (
    Rule(Stage.INITIAL, Event.OPEN, Stage.SALEABLE),
    Rule(Stage.INITIAL, Event.WITHHOLD, Stage.NOT_FOR_SALE),
    Rule(Stage.SALEABLE, Event.WITHHOLD, Stage.NOT_FOR_SALE),
    Rule(Stage.NOT_FOR_SALE, Event.RELEASE, Stage.SALEABLE),
    Rule(Stage.SALEABLE, Event.RESERVE, Stage.RESERVED),
    Rule(Stage.RESERVED, Event.LAPSE, Stage.SALEABLE),
    Rule(Stage.RESERVED, Event.SIGN, Stage.SIGNED),
    Rule(Stage.SALEABLE, Event.SIGN, Stage.SIGNED),
    Rule(Stage.SIGNED, Event.FILE, Stage.FILED),
    Rule(Stage.SIGNED, Event.CANCEL, Stage.SALEABLE),
    Rule(Stage.SIGNED, Event.CANCEL, Stage.NOT_FOR_SALE),
    Rule(Stage.FILED, Event.CANCEL_FILING, Stage.SALEABLE),
    Rule(Stage.FILED, Event.CANCEL_FILING, Stage.NOT_FOR_SALE),
    Rule(Stage.FILED, Event.REGISTER, Stage.REGISTERED),
    Rule(Stage.INITIAL, Event.CLOSE, Stage.NOT_FOR_SALE),
    Rule(Stage.SALEABLE, Event.CLOSE, Stage.NOT_FOR_SALE),
    Rule(Stage.RESERVED, Event.CLOSE, Stage.NOT_FOR_SALE),
)
_KNOWN = {(rule.before, rule.event, rule.after) for rule in RULES}


def legal(before: str, event: str, after: str) -> bool:
    """True when the transition table has this line (MK-07)."""
    return (before, event, after) in _KNOWN


def shown_state(stage: str, limits: frozenset[str] | set[str]) -> str:
    """What a board shows: the strongest restriction, else the stage. Returns a code of `Limit` or `Stage`."""
    for limit in (Limit.SEIZED, Limit.PRE_SEIZED, Limit.DISPOSAL, Limit.ADMIN_LIMIT):
        if limit in limits:
            return limit.value
    return stage
