"""Fen on pages."""

from __future__ import annotations

from django import template

from anju.kernel.accounts.money import plain_yuan
from anju.ui.words import VERBS

register = template.Library()


@register.filter
def yuan(fen: int | None) -> str:
    """`1,234.50`; a dash for nothing."""
    return "—" if fen is None else plain_yuan(fen)


@register.filter
def verb_word(verb: str) -> str:
    """The Chinese name of one of this slice's verbs."""
    return str(VERBS.get(verb, verb))
