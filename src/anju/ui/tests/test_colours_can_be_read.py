"""Every text colour stands out from every ground it is used on by 4.5:1 or more (WCAG 2.2, 1.4.3), borders of fields by 3:1 (1.4.11)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

TOKENS = Path(__file__).parents[1] / "static" / "anju" / "css" / "tokens.css"
TEXT = ("ink", "ink-soft", "ink-faint", "accent", "accent-deep", "wrong", "due", "done")
GROUNDS = ("paper", "ground")
WASHES = (("accent-deep", "accent-wash"), ("wrong", "wrong-wash"), ("due", "due-wash"), ("done", "done-wash"), ("ink-faint", "accent-wash"))


def colours() -> dict[str, str]:
    found = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{3,6});", TOKENS.read_text()))
    return {name: value if len(value) == 7 else "#" + "".join(sign * 2 for sign in value[1:]) for name, value in found.items()}


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize(("text", "ground"), [*((text, ground) for text in TEXT for ground in GROUNDS), *WASHES])
def test_text_stands_out(text: str, ground: str) -> None:
    assert contrast(colours()[text], colours()[ground]) >= 4.5


def test_the_border_of_a_field_stands_out() -> None:
    assert contrast(colours()["line-strong"], colours()["paper"]) >= 3
