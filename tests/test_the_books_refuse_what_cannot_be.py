"""Declared books hold what the trade forbids: each record is taken as it should be, and refused with one thing wrong."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from anju.kernel.access.actor import Actor
from anju.kernel.access.scope import using_scope
from anju.kernel.errors import AnjuError
from anju.kernel.ledgers import actions
from anju.kernel.ledgers.catalogue import get


@dataclass(frozen=True)
class Case:
    """`right` is taken; with `wrong` laid over it the record is refused, and the refusal says `because`."""

    ledger: str
    right: dict[str, str]
    wrong: dict[str, str]
    because: str


MATTER = {
    "matter_no": "M1",
    "kind": "money",
    "title": "大额资金安排",
    "due": "7",
    "present": "6",
    "votes_for": "5",
    "result": "passed",
    "executor": "办公室",
    "supervised": "yes",
    "finding": "none",
    "decided_on": "2023-05-16",
}
MONEY = {
    "document_no": "示建〔2023〕1号",
    "programme": "municipal",
    "source": "centre",
    "amount": "500",
    "issued_on": "2023-03-01",
    "state": "allotted",
}
CASES = {
    "a matter without a quorum": Case("major_matter", MATTER, {"present": "3", "votes_for": "3"}, "没有超过应到的半数"),
    "a matter passed by half of those due": Case("major_matter", MATTER, {"votes_for": "3", "present": "5"}, "赞成票没有超过"),
    "an appointment before less than two thirds": Case(
        "major_matter", MATTER, {"kind": "personnel", "present": "4", "votes_for": "4"}, "不足三分之二"
    ),
    "a matter passed to nobody": Case("major_matter", MATTER, {"executor": ""}, "没有执行部门"),
    "a meeting nobody attended": Case(
        "party_meeting",
        {
            "meeting_no": "H1",
            "kind": "branch_congress",
            "topic": "选举",
            "expected": "20",
            "attended": "18",
            "held_on": "2023-03-01",
            "state": "held",
        },
        {"attended": ""},
        "没有实到人数",
    ),
    "a full member without probation": Case(
        "member_step",
        {"person_no": "P1", "name": "王例明", "step": "full", "reached_on": "2023-05-01", "since": "2022-04-28"},
        {"since": ""},
        "没有接收为预备党员的日期",
    ),
    "more money arrived than was allotted": Case("funding", {**MONEY, "arrived": "400"}, {"arrived": "501"}, "到位金额大于下达金额"),
    "a bond of a year without one": Case(
        "funding", {**MONEY, "source": "treasury_bond", "issued_on": "2020-07-06"}, {"issued_on": "2022-07-06"}, "2020年"
    ),
    "a later date without a reason": Case(
        "milestone",
        {
            "item": "雨污分流",
            "node": "完工",
            "baseline_on": "2023-10-31",
            "planned_on": "2023-11-30",
            "reason": "雨季停工",
            "set_on": "2023-01-30",
        },
        {"reason": ""},
        "比原定推迟而没有原因",
    ),
    "an early start that is not": Case(
        "key_project",
        {
            "project_no": "K1",
            "name": "管网改造",
            "programme": "city_key",
            "level": "city",
            "investment": "3000",
            "planned_start": "2023-04-01",
            "started_on": "2023-03-11",
            "start_kind": "early",
            "stage": "building",
        },
        {"started_on": "2023-04-01"},
        "记为提前开工",
    ),
    "a completion before its start": Case(
        "dwelling_renovation",
        {
            "household_no": "N1",
            "village": "示例村",
            "head": "张例安",
            "kind": "dangerous",
            "grade": "d",
            "planned_on": "2023-02-01",
            "started_on": "2023-04-01",
            "finished_on": "2023-09-01",
        },
        {"finished_on": "2023-03-01"},
        "竣工日期早于开工日期",
    ),
    "a sound dwelling among the dangerous": Case(
        "dwelling_renovation",
        {"household_no": "N2", "village": "示例村", "head": "张例安", "kind": "dangerous", "grade": "c", "planned_on": "2023-02-01"},
        {"grade": "b"},
        "不能列入危房改造",
    ),
    "an answer before the petition": Case(
        "petition",
        {
            "petition_no": "X1",
            "channel": "online",
            "source": "own",
            "matter": "路灯不亮",
            "persons": "1",
            "received_on": "2023-05-04",
            "accepted_on": "2023-05-06",
            "replied_on": "2023-05-20",
            "state": "replied",
        },
        {"replied_on": "2023-05-05"},
        "日期先后不对",
    ),
    "an answered proposal without its class": Case(
        "deputy_proposal",
        {
            "proposal_no": "T1",
            "body": "congress",
            "title": "增设停车场",
            "role": "lead",
            "received_on": "2023-02-20",
            "answered_on": "2023-04-20",
            "result": "b",
        },
        {"result": ""},
        "没有结果分类",
    ),
    "a fine without a decision": Case(
        "penalty_case",
        {
            "case_no": "C1",
            "party": "示例建筑有限公司",
            "field": "market",
            "case_source": "inspection",
            "filed_on": "2023-03-01",
            "decided_on": "2023-04-03",
            "fine": "20000",
        },
        {"decided_on": ""},
        "没有决定日期",
    ),
    "a price above its ceiling": Case(
        "tender",
        {
            "tender_no": "B1",
            "project": "道路",
            "kind": "municipal",
            "way": "electronic",
            "supervised": "yes",
            "ceiling": "860",
            "ceiling_filed": "yes",
            "price": "812",
            "opened_on": "2023-04-03",
        },
        {"price": "861"},
        "高于招标控制价",
    ),
    "more lamps lit than there are": Case(
        "streetlight_patrol",
        {"road": "示例路", "lamps": "120", "lit": "118", "patrolled_on": "2023-05-10"},
        {"lit": "121"},
        "多于路灯总数",
    ),
}


def taken(ledger: str, values: dict[str, str], by: Actor) -> int:
    with using_scope(by.scope):
        return actions.add_record(get(ledger), {name: value for name, value in values.items() if value}, by=by)


@pytest.mark.parametrize("name", CASES)
def test_one_thing_wrong_is_refused(county_clerk: Actor, name: str):
    case = CASES[name]
    with pytest.raises(AnjuError, match=case.because):
        taken(case.ledger, {**case.right, **case.wrong}, county_clerk)
    taken(case.ledger, case.right, county_clerk)


def test_a_paper_needs_the_inspection_it_came_from(county_clerk: Actor):
    paper = {
        "paper_no": "W1",
        "inspection_no": "J1",
        "kind": "rectify",
        "subject": "quality_safety",
        "level": "county",
        "receiver": "示例工程",
        "issued_on": "2023-04-03",
    }
    with pytest.raises(AnjuError):
        taken("inspection_paper", paper, county_clerk)
    visit = {
        "inspection_no": "J1",
        "level": "county",
        "subject": "site",
        "project": "示例工程",
        "inspectors": "2",
        "hazards": "1",
        "inspected_on": "2023-04-03",
    }
    taken("site_inspection", visit, county_clerk)
    taken("inspection_paper", paper, county_clerk)


def test_a_fee_needs_the_approval_it_is_paid_for(county_clerk: Actor):
    fee = {"voucher_no": "F1", "approval_no": "示防〔2023〕1号", "payer": "示例置业有限公司", "amount": "120000", "paid_on": "2023-05-08"}
    with pytest.raises(AnjuError):
        taken("civil_defence_fee", fee, county_clerk)
    approval = {
        "approval_no": "示防〔2023〕1号",
        "project": "示例苑",
        "owner": "示例置业有限公司",
        "kind": "relocated",
        "fee": "120000",
        "joint": "yes",
        "approved_on": "2023-04-20",
    }
    taken("civil_defence_approval", approval, county_clerk)
    taken("civil_defence_fee", fee, county_clerk)
