"""Openness, epidemic work, petitions and proposals of the county."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from anju.site.demo.bureaus.desk import Desk
from anju.site.demo.bureaus.yunting.span import YEAR


def fill(desk: Desk) -> None:
    """What the office registers."""
    desk.add(
        "disclosure",
        326,
        on="published_on",
        channel="portal",
        made_on=lambda n, row: row["published_on"] - timedelta(days=n % 9),
        before=True,
    )
    desk.add("disclosure", 58, on="published_on", channel="wechat", made_on=lambda n, row: row["published_on"])
    days = [date(2022, 1, 5) + timedelta(days=7 * week) for week in range(51)]
    for kind, place, total in (
        ("tracing", "court", 41_200),
        ("tracing", "estate", 52_600),
        ("tracing", "site", 30_800),
        ("vaccination", "estate", 36_240),
    ):
        desk.add("epidemic_report", len(days), sums={"persons": total}, kind=kind, place=place, reported_on=lambda n, row: days[n])
    _petitions(desk)


def _petitions(desk: Desk) -> None:
    closed: dict[str, Any] = {"closed_on": lambda n, row: row["received_on"] + timedelta(days=20 + n % 30), "state": "closed"}
    early = (YEAR[0], date(2022, 10, 31))
    desk.add("petition", 436, on="received_on", span=early, channel="visit", source="own", persons=(1, 1, 2, 3, 4), **closed)
    desk.add(
        "petition", 87, on="received_on", span=early, channel="letter", source=("leader", "transfer"), persons=1, replied_on=None, **closed
    )
    desk.add(
        "petition",
        263,
        on="replied_on",
        channel=("mailbox", "online", "call"),
        source="own",
        persons=1,
        state="replied",
        received_on=lambda n, row: row["replied_on"] - timedelta(days=n % 3),
    )
    desk.add("petition", 12, on="received_on", channel="online", source="own", persons=1, state="refused")
    orders = desk.add(
        "hotline_order",
        1745,
        on="received_on",
        span=(YEAR[0], date(2022, 12, 20)),
        kind=("complaint", "help", "consult"),
        state="closed",
        due_on=lambda n, row: row["received_on"] + timedelta(days=7),
        rating=("satisfied", "satisfied", "basically", "dissatisfied"),
        closed_on=lambda n, row: row["received_on"] + timedelta(days=2 + n % 5),
    )
    for row in orders[:19]:
        row |= {"state": "handling", "closed_on": None, "rating": None}
    desk.add(
        "hotline_order",
        33,
        on="received_on",
        kind="consult",
        state="returned",
        due_on=lambda n, row: row["received_on"] + timedelta(days=7),
    )
    desk.add(
        "deputy_proposal",
        47,
        on="received_on",
        span=(date(2022, 2, 7), date(2022, 5, 31)),
        body=("congress", "conference"),
        role="lead",
        due_on=lambda n, row: row["received_on"] + timedelta(days=90),
        answered_on=lambda n, row: row["received_on"] + timedelta(days=40 + n % 40),
        result=("a", "b", "b", "c"),
    )
