"""How the market's pages write money."""

from __future__ import annotations

from django import template

from anju.domains.market.money import yuan_of

register = template.Library()


@register.filter
def yuan(fen: int | None) -> str:
    """`1,234,567.89` from fen."""
    return yuan_of(fen)
