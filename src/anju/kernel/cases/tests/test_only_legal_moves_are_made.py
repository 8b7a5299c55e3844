"""What a case may not do is refused with a reason, and nothing has changed."""

from __future__ import annotations

import datetime

import pytest

from anju.kernel.access.scope import using_scope
from anju.kernel.cases import actions
from anju.kernel.cases.models import Case, Material, Move, Task
from anju.kernel.errors import AnjuError, Forbidden
from anju.testing.cases import Office, moment


def test_acceptance_waits_for_every_main_paper(office: Office) -> None:
    case = office.open(materials=("application",))
    with pytest.raises(AnjuError, match=r"核查授权书、收入证明.*material_missing"):
        actions.accept(case, by=office.clerks[0], at=moment("2025-03-04"))
    with pytest.raises(AnjuError, match="may_not_follow"):
        actions.promise_material(case, "consent", by=office.clerks[0], at=moment("2025-03-04"))
    actions.receive_material(case, "consent", by=office.clerks[0], at=moment("2025-03-04"))
    actions.promise_material(case, "income_proof", by=office.clerks[0], at=moment("2025-03-04"))
    accepted = actions.accept(case, by=office.clerks[0], at=moment("2025-03-04"))
    assert (accepted.state, accepted.stage) == ("running", "first_review")
    with using_scope(office.clerks[0].scope):
        promised = Material.objects.get(case=case, code="income_proof")
    assert promised.promise_due_on == datetime.date(2025, 3, 18)


def test_nobody_decides_two_levels_in_a_row(office: Office) -> None:
    case = office.open()
    actions.accept(case, by=office.clerks[0], at=moment("2025-03-04"))
    with pytest.raises(AnjuError, match="same_person"):
        actions.decide(case, "first_review", "agree", data={"opinion": "符合"}, by=office.clerks[0], at=moment("2025-03-04"))
    with using_scope(office.clerks[0].scope):
        assert Case.objects.get(pk=case.pk).revision == 2


def test_only_the_step_s_role_decides(office: Office) -> None:
    case = office.to_second_review(office.open())
    with pytest.raises(Forbidden, match="not_yours"):
        actions.decide(case, "second_review", "refuse", reason="not_eligible", text="超标", by=office.clerks[5])
    with pytest.raises(AnjuError, match="not_open"):
        actions.decide(case, "approve", "agree", by=office.leaders[0])


def test_a_refusal_has_a_reason_and_words(office: Office) -> None:
    case = office.to_second_review(office.open())
    reviewer = office.reviewers[0]
    with pytest.raises(AnjuError, match="reason_missing"):
        actions.decide(case, "second_review", "refuse", text="超标", by=reviewer)
    with pytest.raises(AnjuError, match="text_missing"):
        actions.decide(case, "second_review", "refuse", reason="not_eligible", by=reviewer)
    refused = actions.decide(case, "second_review", "refuse", reason="not_eligible", text="人均面积超过标准", by=reviewer)
    assert (refused.state, refused.reason) == ("refused", "not_eligible")


def test_a_step_waits_for_its_checks(office: Office) -> None:
    case = office.to_second_review(office.open(), at="2025-03-04")
    reviewer = office.reviewers[0]
    with pytest.raises(AnjuError, match="不动产登记核查（未发起）"):
        actions.decide(case, "second_review", "agree", by=reviewer, at=moment("2025-03-05"))
    check = actions.request_check(case, "owned_property", by=office.clerks[5], at=moment("2025-03-05"))
    with pytest.raises(AnjuError, match="待返回"):
        actions.decide(case, "second_review", "agree", by=reviewer, at=moment("2025-03-05"))
    actions.answer_check(check, "pass", source="registry", serial_no="R-1", by=office.clerks[5], at=moment("2025-03-06"))
    with pytest.raises(AnjuError, match="结果已过期"):
        actions.decide(case, "second_review", "agree", by=reviewer, at=moment("2025-06-20"))
    passed = actions.decide(case, "second_review", "agree", by=reviewer, at=moment("2025-03-07"))
    assert passed.stage == "publicity"


def test_publicity_must_have_ended_without_an_open_objection(office: Office) -> None:
    case = office.to_publicity(office.open(), at="2025-03-05")
    clerk = office.clerks[5]
    with pytest.raises(AnjuError, match="not_published"):
        actions.end_publicity(case, by=clerk, at=moment("2025-03-05"))
    publicity = actions.start_publicity(case, by=clerk, at=moment("2025-03-05"))
    assert publicity.ends_on == datetime.date(2025, 3, 12)
    with pytest.raises(AnjuError, match="publicity_running"):
        actions.end_publicity(case, by=clerk, at=moment("2025-03-12"))
    objection = actions.object_to(case, "家中有两套住房", by=clerk, at=moment("2025-03-10"))
    with pytest.raises(AnjuError, match="objection_open"):
        actions.end_publicity(case, by=clerk, at=moment("2025-03-13"))
    actions.settle_objection(objection, "dismissed", "经查登记簿，仅有一套。", by=clerk, at=moment("2025-03-13"))
    assert actions.end_publicity(case, by=clerk, at=moment("2025-03-13")).stage == "sign"


def test_an_upheld_objection_keeps_the_case_from_passing(office: Office) -> None:
    case = office.to_publicity(office.open(), at="2025-03-05")
    clerk = office.clerks[5]
    actions.start_publicity(case, by=clerk, at=moment("2025-03-05"))
    objection = actions.object_to(case, "家中有两套住房", by=clerk, at=moment("2025-03-10"))
    actions.settle_objection(objection, "upheld", "属实。", by=clerk, at=moment("2025-03-13"))
    with pytest.raises(AnjuError, match="objection_upheld"):
        actions.end_publicity(case, by=clerk, at=moment("2025-03-14"))
    back = actions.return_to(case, "publicity", "first_review", text="异议成立，重新审查", by=clerk, at=moment("2025-03-14"))
    assert back.stage == "first_review"


def test_nothing_ends_while_a_promise_is_open(office: Office) -> None:
    case = office.open(materials=("application", "consent"))
    actions.promise_material(case, "income_proof", by=office.clerks[0], at=moment("2025-03-03"))
    case = office.to_approval(case, at="2025-03-05", over="2025-03-13")
    with pytest.raises(AnjuError, match=r"收入证明.*promise_open"):
        actions.decide(case, "approve", "agree", by=office.leaders[1], at=moment("2025-03-13"))
    actions.receive_material(case, "income_proof", by=office.clerks[0], at=moment("2025-03-14"))
    assert actions.decide(case, "approve", "agree", by=office.leaders[1], at=moment("2025-03-14")).state == "completed"


def test_a_refused_move_leaves_no_trace(office: Office) -> None:
    case = office.open(materials=())
    with using_scope(office.clerks[0].scope):
        before = list(Move.objects.filter(case=case).values()), list(Task.objects.filter(case=case).values())
        with pytest.raises(AnjuError):
            actions.accept(case, by=office.clerks[0])
        assert before == (list(Move.objects.filter(case=case).values()), list(Task.objects.filter(case=case).values()))
