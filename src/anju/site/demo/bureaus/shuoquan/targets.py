"""The city's targets of 2023."""

from __future__ import annotations

from typing import Any

from anju.site.demo.bureaus.common import target
from anju.site.demo.bureaus.desk import Desk, square, yuan

TARGETS: dict[str, dict[str, Any]] = {
    "funds_won": {"money": yuan("10亿")},
    "infrastructure_investment": {"money": yuan("12.5亿")},
    "new_construction": {"area": square("60万")},
    "real_estate_investment": {"money": yuan("68亿")},
    "real_estate_growth": {"percent": 6},
    "construction_output": {"money": yuan("100亿")},
    "construction_growth": {"percent": 8},
    "village_survey": {"quantity": 480},
    "towns": {"quantity": 11},
    "villages": {"quantity": 24},
    "dangerous_dwellings": {"quantity": 320},
    "seismic_dwellings": {"quantity": 1180},
    "new_dangerous": {"quantity": 0},
    "checkup_platform": {"quantity": 1},
    "sold_area": {"area": square("66万")},
    "green_building": {"percent": 90},
    "energy_standard": {"percent": 100},
    "green_sites": {"quantity": 3},
    "yellow_river_water": {"percent": 70},
    "old_communities": {"quantity": 42},
    "estates_covered": {"percent": 95},
    "party_covered": {"percent": 100},
    "committees": {"percent": 85},
    "gas_hazards": {"quantity": 0},
}


def fill(desk: Desk) -> None:
    """One row a target."""
    for subject, value in TARGETS.items():
        target(desk, subject, 2023, **value)
