"""Fen as people read them."""

from __future__ import annotations

from decimal import Decimal


def yuan(fen: int) -> str:
    """`1,234.50元`."""
    return f"{Decimal(fen) / 100:,.2f}元"


def plain_yuan(fen: int) -> str:
    """`1,234.50`, for columns whose header names the unit."""
    return f"{Decimal(fen) / 100:,.2f}"
