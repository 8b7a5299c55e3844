"""Party books of the sample county: matters voted on, responsibility papers, and the weekly study day with its one gap."""

from __future__ import annotations

from datetime import date

from anju.site.demo.books.shelf import CENTER, COUNTY, Book, Shelf
from anju.site.demo.bureaus import common
from anju.site.demo.bureaus.desk import Desk
from anju.site.demo.bureaus.places import Office

H1 = (date(2023, 1, 1), date(2023, 6, 30))


def make(shelf: Shelf) -> list[Book]:
    """Three small workbooks."""
    desk = Desk(Office(COUNTY, CENTER, "东原房产中心", "990121", "DY"), H1, shelf.seed)
    desk.add(
        "major_matter",
        11,
        on="decided_on",
        kind=("decision", "project", "money"),
        due=7,
        present=(6, 7),
        votes_for=(5, 6),
        result="passed",
        executor=("住房保障股", "市场管理股", "办公室"),
        supervised="yes",
        finding="none",
        before=True,
    )
    desk.put(
        "major_matter",
        kind="money",
        due=7,
        present=6,
        votes_for=2,
        result="postponed",
        supervised="yes",
        finding="procedure",
        decided_on=date(2023, 5, 16),
    )
    issued = date(2023, 1, 31)
    desk.put("duty_list", title="2023年度全面从严治党工作意见", kind="opinion", holder="group", field="strict_party", issued_on=issued)
    desk.put("duty_list", title="领导班子主体责任清单", kind="responsibility", holder="group", field="strict_party", issued_on=issued)
    desk.add("duty_list", 5, kind="responsibility", holder="person", field="strict_party", issued_on=issued, title="班子成员个人责任清单")
    desk.add("duty_list", 5, kind="problem", holder="person", field="strict_party", issued_on=issued, title="班子成员问题清单")
    common.routine(desk, "party_weekly", common.weeks(H1), missed=1)
    return desk.books(shelf)
