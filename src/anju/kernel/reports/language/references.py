"""References inside templates: the figures room reads them, this only says where one may stand."""

from __future__ import annotations

from anju.kernel.errors import AnjuError
from anju.kernel.figures.references import parse_name
from anju.kernel.reports.language.nodes import Reference

PATTERN = r"[a-z][a-z0-9_]*(?:\.[a-z0-9_]+)+(?:\[[^\[\]]*\]|@[A-Z0-9][A-Z0-9-]*|#[a-z]+)*"
"""What a reference looks like, for finding it in a condition."""


class NotAReference(ValueError):
    """The text does not say what it should; the message says why, in Chinese."""


def parse_reference(text: str) -> Reference:
    """The reference a text spells. Raises NotAReference."""
    try:
        return parse_name(text)
    except AnjuError as error:
        raise NotAReference(error.problems[0].what.rstrip("。")) from error
