"""What is wrong with a code."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """`what` and `advice` are Chinese sentences; `certain` is false when real codes in use are known to break the rule."""

    what: str
    advice: str
    certain: bool = True


def narrow(text: str) -> str:
    """Full-width letters and digits made half-width, blanks removed, letters in capitals: how every code is compared."""
    if text.isascii() and text.isalnum():  # most are written plainly
        return text.upper()
    return "".join(chr(ord(c) - 0xFEE0) if "！" <= c <= "～" else c for c in text if not c.isspace()).upper()
