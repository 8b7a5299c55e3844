"""Annotations by offset for a text that is not in the repository: a CSV of start, end, value, value_max, unit, role, ..., attaches_to."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from fractions import Fraction

from anju.kernel.quantities.text import exact_text
from anju.kernel.reading.gold.annotated import GoldFigure, GoldText

COLUMNS = ("start", "end", "value", "value_max", "unit", "role", "direction", "modifier", "attaches_to")


def load(name: str, table: str, text: str) -> GoldText:
    """The gold of a text read elsewhere; `table` is the CSV with a header of `COLUMNS`."""
    return GoldText(name, text, tuple(_row(line) for line in csv.DictReader(io.StringIO(table))))


def dump(figures: Iterable[GoldFigure]) -> str:
    """The CSV `load` reads."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for figure in figures:
        value, top = (None if number is None else exact_text(number) for number in (figure.value, figure.value_max))
        writer.writerow(
            [figure.start, figure.end, value, top, figure.unit, figure.role, figure.direction, figure.modifier, figure.attaches_to]
        )
    return out.getvalue()


def _row(line: dict[str, str]) -> GoldFigure:
    return GoldFigure(
        start=int(line["start"]),
        end=int(line["end"]),
        value=Fraction(line["value"]) if line["value"] else None,
        value_max=Fraction(line["value_max"]) if line["value_max"] else None,
        unit=line["unit"],
        role=line["role"],
        direction=line["direction"] or None,
        modifier=line["modifier"] or None,
        attaches_to=int(line["attaches_to"]) if line["attaches_to"] else None,
    )
