"""Old communities, shanty areas, housing security and rural dwellings of the county."""

from __future__ import annotations

from datetime import date

from anju.site.demo.bureaus import common, names
from anju.site.demo.bureaus.common import later
from anju.site.demo.bureaus.desk import Desk, square, yuan
from anju.site.demo.bureaus.yunting.span import YEAR


def fill(desk: Desk) -> None:
    """Renewal, public rental, subsidies, rural dwellings."""
    _renewal(desk)
    desk.add(
        "public_rental_project",
        2,
        on="finished_on",
        span=(date(2022, 8, 1), date(2022, 12, 20)),
        sums={"units": 192},
        planned_on=date(2021, 2, 26),
        started_on=date(2021, 6, 8),
    )
    common.subsidies(desk, 486, 1_126_800, (date(2022, 6, 24), date(2022, 12, 16)))
    common.target(desk, "rent_subsidy", 2022, quantity=486)
    desk.add("security_exit", 37, on="exited_on", kind="subsidy", reason=("income", "home"), household_no=lambda n, row: f"YTQT{n:04d}")
    desk.add("security_exit", 6, on="exited_on", kind="eviction", reason="arrears", household_no=lambda n, row: f"YTQT{100 + n:04d}")
    desk.add("security_exit", 11, on="exited_on", kind="voluntary", reason="home", household_no=lambda n, row: f"YTQT{200 + n:04d}")
    _rural(desk)


def _renewal(desk: Desk) -> None:
    done = desk.add(
        "old_community",
        13,
        on="finished_on",
        span=(date(2022, 8, 15), date(2022, 12, 20)),
        planned_on=date(2022, 1, 25),
        started_on=date(2022, 4, 6),
        buildings=(7, 9, 12),
        area=(square("1.1万"), square("1.5万")),
        investment=(yuan("410万"), yuan("560万")),
        built_year=(1992, 1997),
        households=0,
    )
    going = desk.add(
        "old_community",
        5,
        planned_on=date(2022, 1, 25),
        started_on=date(2022, 6, 13),
        buildings=(6, 8),
        area=(square("0.9万"), square("1.3万")),
        investment=(yuan("380万"), yuan("520万")),
        built_year=(1995, 1999),
        households=0,
    )
    for position, row in enumerate((*done, *going)):
        row["households"] = 2156 // 18 + (position < 2156 % 18)
    projects = desk.add(
        "shanty_project",
        2,
        sums={"units": 330, "households": 330, "started_units": 330},
        planned_on=date(2022, 1, 25),
        started_on=date(2022, 5, 9),
        invest_plan=yuan("4200万"),
        invested=yuan("4350万"),
    )
    desk.add(
        "shanty_agreement",
        318,
        on="signed_on",
        project_no=lambda n, row: projects[n % 2]["project_no"],
        compensation=("home", "money"),
        household_no=lambda n, row: f"YTPG{n + 1:04d}",
        state="signed",
    )
    desk.add(
        "shanty_agreement",
        2,
        on="signed_on",
        project_no=projects[0]["project_no"],
        compensation="home",
        household_no=lambda n, row: f"YTPG{900 + n:04d}",
        state="revoked",
    )


def _rural(desk: Desk) -> None:
    desk.add(
        "dwelling_renovation",
        143,
        on="finished_on",
        span=(date(2022, 7, 1), date(2022, 11, 30)),
        kind="dangerous",
        grade=("c", "d"),
        subsidy=(yuan("1.5万"), yuan("2.4万")),
        village=lambda n, row: names.combined(n % 60) + "村",
        planned_on=date(2022, 2, 18),
        started_on=date(2022, 4, 20),
    )
    desk.add(
        "dwelling_grade",
        2318,
        on="plaque_on",
        span=(date(2022, 4, 1), YEAR[1]),
        grade=("a", "b"),
        found="stock",
        village=lambda n, row: names.combined(n % 90) + "村",
        graded_on=date(2022, 3, 18),
    )
    desk.add(
        "dwelling_grade",
        143,
        grade=("c", "d"),
        found="stock",
        village=lambda n, row: names.combined(n % 60) + "村",
        graded_on=date(2022, 1, 28),
        included_on=date(2022, 2, 18),
        resolved_on=later(180, 260, "included_on"),
    )
