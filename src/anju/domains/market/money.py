"""Yuan as people write them, to fen and back."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from anju.kernel.errors import AnjuError

MOST_FEN = 10**14


def fen_of(text: str, label: str, *, required: bool = True) -> int | None:
    """`1,234,567.89` in yuan as fen; None for an empty field that may be. Raises AnjuError `market.bad_amount`."""
    plain = text.replace(",", "").replace("，", "").removesuffix("元").strip()
    if not plain and not required:
        return None
    try:
        fen = Decimal(plain) * 100
    except InvalidOperation as error:
        raise AnjuError.of("market.bad_amount", f"写的是“{text[:20]}”，不是金额。", where=label, advice="以元为单位填数字。") from error
    if not fen.is_finite() or fen != fen.to_integral_value() or not 0 <= fen < MOST_FEN:
        raise AnjuError.of("market.bad_amount", f"“{text[:20]}”不是到分的金额。", where=label, advice="最多两位小数，不为负。")
    return int(fen)


def yuan_of(fen: int | None) -> str:
    """`1,234,567.89`; nothing for None."""
    return "" if fen is None else f"{Decimal(fen) / 100:,.2f}"
