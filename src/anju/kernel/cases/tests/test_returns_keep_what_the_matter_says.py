"""Returns out of, into and through stages, on the demonstration matter (decision record 0016)."""

from __future__ import annotations

import pytest

from anju.kernel.access.scope import using_scope
from anju.kernel.cases import actions
from anju.kernel.cases.models import Case, Move, Task
from anju.kernel.errors import AnjuError
from anju.testing.cases import Office, moment

DAY = moment("2025-03-06")


def _open(case: Case, office: Office) -> set[str]:
    with using_scope(office.clerks[0].scope):
        return set(Task.objects.filter(case=case, status="open").values_list("step", flat=True))


def _in_review(office: Office) -> Case:
    case = office.open()
    actions.accept(case, by=office.clerks[0], at=moment("2025-03-04"))
    return actions.decide(case, "first_review", "agree", data={"opinion": "符合"}, by=office.clerks[1], at=moment("2025-03-04"))


def test_out_of_a_parallel_stage_the_others_keep_their_word(office: Office) -> None:
    case = _in_review(office)
    actions.decide(case, "civil", "agree", by=office.clerks[3], at=DAY)
    actions.return_to(case, "police", "first_review", text="户口页缺失", by=office.clerks[2], at=DAY)
    assert _open(case, office) == {"first_review"}
    actions.decide(case, "first_review", "agree", data={"opinion": "已补"}, by=office.clerks[1], at=DAY)
    assert _open(case, office) == {"police", "registry"}


def test_a_step_that_says_so_makes_everybody_decide_again(office: Office) -> None:
    case = _in_review(office)
    actions.decide(case, "civil", "agree", by=office.clerks[3], at=DAY)
    actions.return_to(case, "registry", "first_review", text="住址不符", by=office.clerks[4], at=DAY)
    actions.decide(case, "first_review", "agree", data={"opinion": "已改"}, by=office.clerks[1], at=DAY)
    assert _open(case, office) == {"police", "civil", "registry"}


def test_into_one_seat_of_a_parallel_stage_and_straight_back(office: Office) -> None:
    case = office.to_second_review(office.open())
    actions.return_to(case, "second_review", "civil", text="收入口径不对", by=office.reviewers[0], at=DAY)
    assert _open(case, office) == {"civil"}
    back = actions.decide(case, "civil", "agree", by=office.clerks[3], at=DAY)
    assert (back.stage, _open(case, office)) == ("second_review", {"second_review"})


def test_straight_back_leaves_what_lies_between_as_it_stands(office: Office) -> None:
    case = office.to_second_review(office.open())
    actions.return_to(case, "second_review", "accept", text="核对申请表", by=office.reviewers[0], at=DAY)
    back = actions.decide(case, "accept", "agree", by=office.clerks[0], at=DAY)
    assert back.stage == "second_review"


def test_a_refused_signing_goes_back_and_walks_again(office: Office) -> None:
    case = office.to_publicity(office.open())
    actions.start_publicity(case, by=office.clerks[5], at=moment("2025-03-05"))
    actions.end_publicity(case, by=office.clerks[5], at=moment("2025-03-20"))
    actions.decide(case, "chief", "refuse", reason="not_eligible", text="面积有误", by=office.reviewers[1], at=moment("2025-03-20"))
    assert _open(case, office) == {"second_review"}
    case = actions.decide(case, "second_review", "agree", by=office.reviewers[0], at=moment("2025-03-21"))
    assert case.stage == "publicity"
    with pytest.raises(AnjuError, match="not_published"):
        actions.end_publicity(case, by=office.clerks[5], at=moment("2025-03-21"))


def test_only_where_the_step_may_and_the_case_has_been(office: Office) -> None:
    case = office.to_second_review(office.open())
    with pytest.raises(AnjuError, match="只能退回前面的环节"):
        actions.return_to(case, "second_review", "approve", text="x", by=office.reviewers[0], at=DAY)
    with pytest.raises(AnjuError, match="text_missing"):
        actions.return_to(case, "second_review", "accept", text=" ", by=office.reviewers[0], at=DAY)


def test_to_the_applicant_once_a_round_while_the_others_wait(office: Office) -> None:
    case = office.open()
    actions.accept(case, by=office.clerks[0], at=moment("2025-03-04"))
    told = actions.notify_supplement(case, ["结婚证"], step="first_review", by=office.clerks[1], at=DAY)
    assert told.state == "supplementing"
    with pytest.raises(AnjuError, match="wrong_state"):
        actions.decide(case, "first_review", "agree", data={"opinion": "x"}, by=office.clerks[1], at=DAY)
    actions.hand_in(case, by=office.clerks[0], at=DAY)
    with pytest.raises(AnjuError, match="already_noticed"):
        actions.notify_supplement(case, ["又一样"], step="first_review", by=office.clerks[1], at=DAY)


def test_before_acceptance_one_notice_only(office: Office) -> None:
    case = office.open(materials=())
    actions.notify_supplement(case, [], materials=["application", "consent"], by=office.clerks[0], at=moment("2025-03-04"))
    actions.hand_in(case, materials=["application"], by=office.clerks[0], at=moment("2025-03-05"))
    with pytest.raises(AnjuError, match="already_noticed"):
        actions.notify_supplement(case, ["还缺"], by=office.clerks[0], at=moment("2025-03-05"))
    with using_scope(office.clerks[0].scope):
        verbs = list(Move.objects.filter(case=case).order_by("seq").values_list("verb", flat=True))
    assert verbs == ["open", "notify", "hand_in"]
