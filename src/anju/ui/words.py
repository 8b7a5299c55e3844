"""What the verbs, subjects and tables of a slice are called on pages. A slice adds its words in `apps.ready()`."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise

Words = Mapping[str, str | Promise]

VERBS: dict[str, str | Promise] = {}
"""`slice.verb` of a journal entry -> 动作."""
KINDS: dict[str, str | Promise] = {}
"""The part of a subject before the colon -> what it is, for example 公租房租赁合同."""
TABLES: dict[str, str | Promise] = {}
"""A journaled table -> its Chinese name."""
COLUMNS: dict[str, dict[str, str | Promise]] = {}
"""A journaled table -> column -> label."""
DATA: dict[str, str | Promise] = {}
"""A key of an entry's data -> label."""
PAGES: dict[str, str] = {}
"""The part of a subject before the colon -> the name of the address that shows it, given the number."""


def add_words(
    *,
    verbs: Words | None = None,
    kinds: Words | None = None,
    tables: Words | None = None,
    columns: Mapping[str, Words] | None = None,
    data: Words | None = None,
    pages: Mapping[str, str] | None = None,
) -> None:
    """Name what a slice's actions and rows are called; a later name for the same thing holds."""
    VERBS.update(verbs or {})
    KINDS.update(kinds or {})
    TABLES.update(tables or {})
    DATA.update(data or {})
    PAGES.update(pages or {})
    for table, labels in (columns or {}).items():
        COLUMNS.setdefault(table, {}).update(labels)
