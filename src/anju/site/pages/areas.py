"""How the business areas are called and ordered in the navigation."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from anju.kernel.ledgers.catalogue import Ledger, all_ledgers

AREAS: dict[str, tuple[str | Promise, str]] = {
    "property": (_("楼盘表"), "building-office-2"),
    "market": (_("房地产市场"), "home-modern"),
    "funds": (_("资金监管"), "banknotes"),
    "housing": (_("住房保障"), "users"),
    "projects": (_("保交楼与项目"), "wrench-screwdriver"),
    "permits": (_("审批与验收"), "clipboard-document-check"),
    "safety": (_("质量安全"), "shield-exclamation"),
    "enforcement": (_("执法与信用"), "scale"),
    "rural": (_("农房"), "home"),
    "utilities": (_("市政公用"), "bolt"),
    "estates": (_("物业"), "building-office"),
    "petitions": (_("信访与建议"), "chat-bubble-left-right"),
    "party": (_("党建"), "flag"),
    "checkup": (_("城市体检"), "map"),
    "office": (_("综合"), "folder"),
    "local": (_("本单位台账"), "book-open"),
}


def area_title(area: str) -> str | Promise:
    """The Chinese name of a business area; an area nobody named keeps its identifier."""
    return AREAS.get(area, (area, ""))[0]


def area_icon(area: str) -> str:
    """The icon of a business area."""
    return AREAS.get(area, ("", "folder"))[1] or "folder"


def ledgers_by_area() -> dict[str, list[Ledger]]:
    """Every ledger under its area, areas in the order of the navigation."""
    found: dict[str, list[Ledger]] = {}
    for ledger in all_ledgers().values():
        found.setdefault(ledger.slice, []).append(ledger)
    return {area: sorted(found[area], key=lambda ledger: ledger.title) for area in sorted(found, key=area_order)}


def area_order(area: str) -> tuple[int, str]:
    """Where an area stands in the navigation; areas nobody named come last."""
    order = list(AREAS)
    return (order.index(area) if area in order else len(order), area)
