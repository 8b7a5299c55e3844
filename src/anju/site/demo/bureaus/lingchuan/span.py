"""The days and the counties of the city's annual report."""

from __future__ import annotations

from datetime import date

from anju.site.demo.bureaus.places import PLACES

YEAR = (date(2022, 1, 1), date(2022, 12, 31))
LAST_YEAR = (date(2021, 1, 1), date(2021, 12, 31))
COUNTIES = tuple(place.code for place in PLACES if place.code.startswith("9904") and len(place.code) == 6)
FLOOD = date(2022, 7, 15)


def county(position: int) -> str:
    """The counties in turn."""
    return COUNTIES[position % len(COUNTIES)]
