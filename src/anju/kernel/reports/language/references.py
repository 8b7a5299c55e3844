"""Read `key[dimension=value]@Q1#yoy`."""

from __future__ import annotations

import re

from anju.kernel.reports.language.nodes import Reference

KEY = r"[a-z][a-z0-9_]*(?:\.[a-z0-9_]+)+"
_FILTERS = r"\[[^\[\]]*\]"
_SUFFIX = re.compile(rf"(?P<filters>{_FILTERS})|@(?P<part>[A-Z0-9][A-Z0-9-]*)|#(?P<measure>[a-z]+)")
PATTERN = rf"{KEY}(?:{_FILTERS}|@[A-Z0-9][A-Z0-9-]*|#[a-z]+)*"
MEASURES = ("value", "yoy", "mom", "change", "rank", "share")


class NotAReference(ValueError):
    """The text is not a reference; the message says why, in Chinese."""


def parse_reference(text: str) -> Reference:
    """The reference a text spells; suffixes in any order, each at most once. Raises NotAReference."""
    text = text.strip()
    head = re.match(KEY, text)
    if head is None:
        raise NotAReference(f"“{text}”不是指标（指标形如 market.new_homes.sold_units）")
    found: dict[str, str] = {}
    position = head.end()
    while position < len(text):
        suffix = _SUFFIX.match(text, position)
        if suffix is None:
            raise NotAReference(f"“{text}”在“{text[position:]}”处读不懂")
        kind = str(suffix.lastgroup)
        if kind in found:
            raise NotAReference(f"“{text}”里同一种后缀写了两次")
        found[kind] = suffix[kind]
        position = suffix.end()
    measure = found.get("measure", "value")
    if measure not in MEASURES:
        raise NotAReference(f"“#{measure}”不是可用的量，可用的有：{'、'.join(MEASURES)}")
    return Reference(head[0], _filters(found.get("filters", "[]")), found.get("part", ""), measure)


def _filters(text: str) -> tuple[tuple[str, str], ...]:
    pairs: list[tuple[str, str]] = []
    for part in filter(None, (piece.strip() for piece in text[1:-1].split(","))):
        name, equals, value = (piece.strip() for piece in part.partition("="))
        if not equals or not name or not value:
            raise NotAReference(f"筛选“{part}”应写成“列=值”")
        pairs.append((name, value))
    return tuple(sorted(pairs))
