"""Party, documents, meetings, policies, petitions of the city."""

from __future__ import annotations

from datetime import date, timedelta

from anju.site.demo.bureaus import names
from anju.site.demo.bureaus.desk import Desk
from anju.site.demo.bureaus.lingchuan.span import LAST_YEAR, YEAR


def fill(desk: Desk) -> None:
    """What the city's office and party group keep."""
    desk.add("party_study", 18, on="held_on", kind="central_group", attended=(26, 31, 38), state="held", before=True)
    desk.add("party_meeting", 3, on="held_on", kind="party_group_extended", theme="integrity", expected=9, attended=(8, 9), state="held")
    desk.add(
        "party_meeting", 21, on="held_on", kind="party_group", theme="business", expected=9, attended=(7, 8, 9), state="held", before=True
    )
    for field, title in (("integrity", "党风廉政建设责任清单"), ("party_building", "机关党建责任清单"), ("ideology", "意识形态责任清单")):
        desk.put("duty_list", title=title, kind="responsibility", holder="group", field=field, issued_on=date(2022, 2, 22))
    desk.add("integrity_education", 5, on="held_on", kind="conduct", attended=(86, 102), before=True)
    desk.add("integrity_education", 2, on="held_on", kind="warning", attended=(118, 124), before=True)
    _members(desk)
    desk.add("official_document", 169, on="issued_on", span=YEAR, kind=("notice", "report", "letter"), state="issued")
    desk.add("official_document", 260, on="issued_on", span=LAST_YEAR, kind=("notice", "report", "letter"), state="issued")
    desk.add("official_document", 3, on="issued_on", span=YEAR, kind="notice", state="withdrawn")
    desk.add("office_meeting", 48, on="held_on", span=YEAR, kind=("bureau", "mobilisation", "forum"), topic=("工作推进会", "专题部署会"))
    desk.add(
        "office_meeting", 60, on="held_on", span=LAST_YEAR, kind=("bureau", "mobilisation", "forum"), topic=("工作推进会", "专题部署会")
    )
    for level, clauses, number in (("province", 28, 3), ("city", 52, 9)):
        desk.put(
            "policy_document",
            document_no=f"岭政发〔2022〕{number}号",
            title="关于支持企业复工复产的若干措施",
            issuer="示例机关",
            issued_on=date(2022, 3, 4),
            effective_from=date(2022, 3, 4),
            effective_to=date(2023, 3, 3),
            kind="policy",
            level=level,
            topic="复工复产",
            clauses=clauses,
        )
    desk.put(
        "honour",
        name="农村住房安全保障考评",
        subject="rural_housing",
        level="province",
        year=2022,
        grade=1,
        streak=1,
        holder="岭川市",
        granted_on=date(2022, 12, 23),
    )
    _petitions(desk)


def _members(desk: Desk) -> None:
    desk.add("member_step", 2, on="reached_on", step="probationary", name=lambda n, row: names.person(n))
    desk.add("member_step", 4, on="reached_on", step="activist", name=lambda n, row: names.person(20 + n))
    desk.add(
        "member_step",
        5,
        on="reached_on",
        step="full",
        name=lambda n, row: names.person(40 + n),
        since=lambda n, row: row["reached_on"] - timedelta(days=365),
    )


def _petitions(desk: Desk) -> None:
    desk.add(
        "petition",
        326,
        on="received_on",
        channel=("visit", "letter", "online"),
        source=("own", "transfer"),
        persons=(1, 2, 3),
        state="accepted",
        accepted_on=lambda n, row: row["received_on"] + timedelta(days=n % 9),
        before=True,
    )
    desk.add(
        "deputy_proposal",
        86,
        on="received_on",
        span=(date(2022, 2, 7), date(2022, 4, 29)),
        body=("congress", "conference"),
        role="lead",
        due_on=lambda n, row: row["received_on"] + timedelta(days=90),
        answered_on=lambda n, row: row["received_on"] + timedelta(days=30 + n % 50),
        result=("a", "b", "c"),
    )
    desk.add("rectification", 17, on="closed_on", source=("centre", "province"), field="rural_housing", raised_on=date(2021, 12, 6))
    desk.add("rectification", 4, on="raised_on", source="inspection", field="party")
