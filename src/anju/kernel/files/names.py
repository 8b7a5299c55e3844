"""What an upload is called: a name and nothing but a name."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 120
SAME = {"jpeg": "jpg", "jpe": "jpg", "heif": "heic"}
_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}


def clean_name(given: str) -> str:
    """The last part of a path, without control and direction marks, at most LONGEST characters; its ending is kept."""
    last = re.split(r"[/\\]", given)[-1]
    seen = "".join(one for one in unicodedata.normalize("NFC", last) if unicodedata.category(one) not in _UNSEEN)
    name = " ".join(seen.split()).strip(". ") or "未命名"
    stem, dot, ending = name.rpartition(".")
    if len(name) <= LONGEST:
        return name
    return f"{stem[: LONGEST - len(ending) - 1]}.{ending}" if dot and len(ending) <= 5 else name[:LONGEST]


def ending_of(name: str) -> str:
    """The kind a name claims: its ending in small letters, jpeg as jpg; empty without one."""
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    return SAME.get(ending, ending)
