"""Party books of the county."""

from __future__ import annotations

from datetime import date, timedelta

from anju.site.demo.bureaus import common, names
from anju.site.demo.bureaus.desk import Desk, yuan
from anju.site.demo.bureaus.yunting.span import YEAR


def fill(desk: Desk) -> None:
    """Study, meetings, talks, integrity, members and livelihood."""
    for kind, count in (("central_group", 12), ("lecture", 18), ("discussion", 10), ("party_history", 8)):
        desk.add("party_study", count, on="held_on", kind=kind, attended=(22, 35, 41), state="held", before=True)
    for kind, count in (("party_group", 24), ("branch_congress", 5), ("lesson", 6), ("branch_committee", 12)):
        desk.add("party_meeting", count, on="held_on", kind=kind, expected=46, attended=(38, 41, 44), state="held", before=True)
    desk.add("party_meeting", 1, kind="branch_congress", expected=46, held_on=date(2022, 11, 3), state="cancelled")
    desk.add("study_material", 12, on="submitted_on", rank="leader", kind="exchange", before=True)
    desk.add("study_material", 31, on="submitted_on", rank=("cadre", "member"), kind="notes")
    desk.add("integrity_talk", 36, on="held_on", kind="heart", group="key_post", before=True)
    desk.add("integrity_talk", 9, on="held_on", kind=("integrity", "reminder"), group=("leader", "staff"))
    _integrity(desk)
    _members(desk)


def _integrity(desk: Desk) -> None:
    desk.add("conduct_inspection", 11, on="inspected_on", unit=lambda n, row: names.combined(n) + "股（所）", before=True)
    desk.add(
        "conduct_inspection",
        4,
        on="inspected_on",
        span=(YEAR[0], date(2022, 11, 30)),
        unit=lambda n, row: names.combined(40 + n) + "股（所）",
        notice_no=lambda n, row: f"云汀住建督〔2022〕{n + 1}号",
        notified_on=lambda n, row: row["inspected_on"] + timedelta(days=6),
    )
    desk.add(
        "integrity_pledge",
        126,
        on="signed_on",
        span=(date(2022, 1, 4), date(2022, 3, 31)),
        kind="pledge",
        signer=lambda n, row: names.person(n),
        before=True,
    )
    desk.add("integrity_pledge", 14, on="signed_on", span=(date(2022, 1, 4), date(2022, 2, 28)), kind="responsibility")
    desk.add("work_group_chat", 7, on="dissolved_on", registered_on=date(2021, 6, 1), platform=("wechat", "qq"))
    desk.add("work_group_chat", 15, registered_on=date(2021, 6, 1), platform="wechat")
    common.zero_reports(desk, "public_opinion_report", YEAR)


def _members(desk: Desk) -> None:
    desk.add("member_step", 3, on="reached_on", step="probationary", name=lambda n, row: names.person(n))
    desk.add(
        "member_step",
        2,
        on="reached_on",
        step="full",
        name=lambda n, row: names.person(10 + n),
        since=lambda n, row: row["reached_on"] - timedelta(days=366),
    )
    desk.add("member_step", 4, on="reached_on", step="activist", name=lambda n, row: names.person(20 + n))
    desk.add(
        "member_liaison",
        20,
        on="from_on",
        span=(date(2022, 2, 7), date(2022, 4, 29)),
        excellent="yes",
        member=lambda n, row: names.person(50 + n),
        village=lambda n, row: names.combined(n) + "村",
    )
    desk.add("member_liaison", 6, on="from_on", excellent="no", member=lambda n, row: names.person(90 + n))
    desk.add("livelihood_task", 33, on="finished_on", span=(date(2022, 2, 1), YEAR[1]), kind="problem", raised_on=date(2022, 1, 20))
    desk.add("livelihood_task", 27, on="finished_on", span=(date(2022, 2, 1), YEAR[1]), kind="task", raised_on=date(2022, 1, 20))
    desk.add("livelihood_task", 4, raised_on=date(2022, 12, 5), kind=("problem", "task"))
    desk.add("village_aid", 6, on="paid_on", sums={"amount": yuan("23.6万")}, steps={"amount": 10_000}, village="步仙湖村", before=True)
