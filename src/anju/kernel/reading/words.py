"""The word lists of reading: data files with words separated by spaces; # begins a comment."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files


@lru_cache(maxsize=32)
def word_list(name: str) -> tuple[str, ...]:
    """The words of `data/<name>` in their order, each once."""
    return tuple(dict.fromkeys(word for line in _lines(name) for word in line.split()))


@lru_cache(maxsize=32)
def keyed_words(name: str) -> dict[str, tuple[str, ...]]:
    """The words of `data/<name>` by the key before the colon of their line; lines of one key add up."""
    found: dict[str, tuple[str, ...]] = {}
    for line in _lines(name):
        key, _, words = line.partition(":")
        found[key] = (*found.get(key, ()), *words.split())
    return found


def _lines(name: str) -> list[str]:
    text = files("anju.kernel.reading").joinpath(f"data/{name}").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
