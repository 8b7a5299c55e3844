"""How money and months of housing security are printed."""

from __future__ import annotations

from django import template

register = template.Library()


@register.filter
def yuan(fen: int | None) -> str:
    """Fen as 元 with two decimals and separators; a dash for nothing."""
    return "—" if fen is None else f"{fen // 100:,}.{fen % 100:02d}"


@register.filter
def months(covers: str) -> str:
    """`2023-04,2023-05,2023-06` as 2023年4-6月; months apart are listed."""
    found = [tuple(int(part) for part in month.split("-")) for month in covers.split(",") if month]
    if not found:
        return "—"
    numbers = [year * 12 + month for year, month in found]
    if numbers == list(range(numbers[0], numbers[0] + len(numbers))) and found[0][0] == found[-1][0]:
        last = f"-{found[-1][1]}" if len(found) > 1 else ""
        return f"{found[0][0]}年{found[0][1]}{last}月"
    return "、".join(f"{year}-{month:02d}" for year, month in found)
