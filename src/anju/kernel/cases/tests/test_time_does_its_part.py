"""What the nightly job does, and that it may run twice."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone

from anju.kernel.access.actor import Actor
from anju.kernel.access.scope import Scope, using_scope
from anju.kernel.calendar.queries import working_days
from anju.kernel.cases import actions
from anju.kernel.cases.hooks import Attempt, Happening, forget, guard, on
from anju.kernel.cases.models import Case, CaseClock, Check, ClockEvent, Material
from anju.kernel.cases.queries import case_page, follow, tasks_of
from anju.kernel.cases.sweeping import sweep
from anju.kernel.errors import AnjuError, Forbidden
from anju.testing.cases import Office, moment


def _case(case: Case) -> Case:
    with using_scope(Scope.system()):
        return Case.objects.get(pk=case.pk)


def test_silence_accepts_from_the_day_of_receipt(office: Office) -> None:
    case = office.open(at="2025-06-03")
    assert sweep(datetime.date(2025, 6, 10)) == {}
    assert sweep(datetime.date(2025, 6, 11)) == {"accepted": 1}
    assert sweep(datetime.date(2025, 6, 11)) == {}
    stored = _case(case)
    assert (stored.tacit, stored.accepted_at) == (True, stored.received_at)
    with using_scope(Scope.system()):
        assert CaseClock.objects.get(case=case).started_on == datetime.date(2025, 6, 3)


def test_a_broken_promise_ends_the_case(office: Office) -> None:
    case = office.open(materials=("application", "consent"), at="2025-03-03")
    actions.promise_material(case, "income_proof", by=office.clerks[0], at=moment("2025-03-03"))
    actions.accept(case, by=office.clerks[0], at=moment("2025-03-03"))
    assert "promise_breached" not in sweep(datetime.date(2025, 3, 17))
    assert sweep(datetime.date(2025, 3, 18))["promise_breached"] == 1
    assert (_case(case).state, _case(case).reason) == ("terminated", "promise_breached")
    with using_scope(Scope.system()):
        assert Material.objects.get(case=case, code="income_proof").state == "breached"


def test_what_was_asked_for_and_did_not_come_is_withdrawn(office: Office) -> None:
    case = office.open(materials=(), at="2025-03-03")
    actions.notify_supplement(case, [], materials=["application"], by=office.clerks[0], at=moment("2025-03-04"))
    assert sweep(datetime.date(2025, 3, 25)) == {}
    assert sweep(datetime.date(2025, 3, 26)) == {"supplement_late": 1}
    assert _case(case).state == "withdrawn"


def test_an_unanswered_check_times_out_and_may_still_be_answered(office: Office) -> None:
    case = office.to_second_review(office.open())
    check = actions.request_check(case, "owned_property", by=office.clerks[5], at=moment("2025-03-05"))
    assert sweep(datetime.date(2025, 3, 13))["check_timed_out"] == 1
    again = actions.answer_check(check, "pass", source="registry", serial_no="R-9", by=office.clerks[5])
    assert again.result == Check.Result.PASS
    repeated = actions.answer_check(check, "fail", source="registry", serial_no="R-9", by=office.clerks[5])
    assert repeated.result == Check.Result.PASS


def test_publicity_stops_the_clock_for_its_days_only(office: Office) -> None:
    case = office.to_publicity(office.open(), at="2025-03-05")
    actions.start_publicity(case, by=office.clerks[5], at=moment("2025-03-05"))
    sweep(datetime.date(2025, 3, 20))
    with using_scope(Scope.system()):
        events = ClockEvent.objects.filter(case=case, clock_id__isnull=False).order_by("pk")
        assert [(one.kind, one.on.isoformat(), one.reason) for one in events] == [
            ("stopped", "2025-03-05", "publicity"), ("resumed", "2025-03-12", ""),
        ]  # fmt: skip


def test_a_suspended_case_stands_still_and_goes_on(office: Office) -> None:
    case = office.to_second_review(office.open())
    reviewer = office.reviewers[1]
    actions.suspend(case, "litigation", text="涉诉", by=reviewer, at=moment("2025-03-10"))
    with pytest.raises(AnjuError, match="wrong_state"):
        actions.decide(case, "second_review", "agree", by=office.reviewers[0], at=moment("2025-03-11"))
    actions.resume(case, by=reviewer, at=moment("2025-03-20"))
    with using_scope(Scope.system()):
        clock = CaseClock.objects.get(case=case)
        assert clock.due_on == datetime.date(2025, 4, 28)
        page = case_page(case, Actor.system(), on=datetime.date(2025, 3, 20), days=working_days("990121"))
    assert page.clock is not None
    assert page.clock.account.counted == 30


def test_a_colleague_acts_for_somebody_until_a_day(office: Office) -> None:
    case = office.open()
    actions.accept(case, by=office.clerks[0])
    actions.claim(case, "first_review", by=office.clerks[1])
    with pytest.raises(Forbidden, match="not_yours"):
        actions.decide(case, "first_review", "agree", data={"opinion": "x"}, by=office.clerks[2])
    today = timezone.localdate()
    actions.delegate(office.clerks[2].staff_id or 0, ends_on=today + datetime.timedelta(days=3), by=office.clerks[1])
    with using_scope(office.clerks[2].scope):
        waiting = tasks_of(office.clerks[2], on=today, days=working_days("990121"))
    assert case.pk in {line.case for line in waiting.lines}
    actions.decide(case, "first_review", "agree", data={"opinion": "x"}, by=office.clerks[2])


def test_a_paper_that_will_not_do_is_given_back_and_missed(office: Office) -> None:
    case = office.open()
    with pytest.raises(AnjuError, match="text_missing"):
        actions.give_back_material(case, "consent", text=" ", by=office.clerks[0], at=moment("2025-03-03"))
    actions.give_back_material(case, "consent", text="缺配偶签字", by=office.clerks[0], at=moment("2025-03-03"))
    with pytest.raises(AnjuError, match="material_not_there"):
        actions.give_back_material(case, "consent", text="缺配偶签字", by=office.clerks[0], at=moment("2025-03-03"))
    with pytest.raises(AnjuError, match="material_missing"):
        actions.accept(case, by=office.clerks[0], at=moment("2025-03-04"))
    actions.receive_material(case, "consent", by=office.clerks[0], at=moment("2025-03-04"))
    assert actions.accept(case, by=office.clerks[0], at=moment("2025-03-04")).stage == "first_review"


def test_a_guard_refuses_and_a_handler_hears(office: Office) -> None:
    heard: list[str] = []

    @guard("sample_grant", step="second_review")
    def never(attempt: Attempt) -> None:
        raise AnjuError.of("sample.no", "还不行")

    @on("sample_grant", "stage_entered", "refused")
    def hear(happening: Happening) -> None:
        heard.append(f"{happening.event}:{happening.stage}")

    try:
        case = office.to_second_review(office.open())
        office.pass_checks(case)
        with pytest.raises(AnjuError, match="sample.no"):
            actions.decide(case, "second_review", "agree", by=office.reviewers[0], at=moment("2025-03-06"))
        actions.decide(case, "second_review", "refuse", reason="not_eligible", text="超标", by=office.reviewers[0])
    finally:
        forget("sample_grant")
    assert heard == ["stage_entered:first_review", "stage_entered:joint", "stage_entered:second_review", "refused:second_review"]


def test_signers_before_parallel_and_after(office: Office) -> None:
    case = office.to_second_review(office.open())
    office.pass_checks(case)
    first, adviser, after = office.reviewers[0], office.reviewers[1], office.reviewers[2]
    actions.add_signer(case, "second_review", adviser.staff_id or 0, "before", by=first)
    with pytest.raises(AnjuError, match="waits_for_signer"):
        actions.decide(case, "second_review", "agree", by=first, at=moment("2025-03-06"))
    actions.decide(case, "second_review", "agree", signer=1, by=adviser)
    actions.add_signer(case, "second_review", after.staff_id or 0, "after", by=first)
    assert actions.decide(case, "second_review", "agree", by=first, at=moment("2025-03-06")).stage == "second_review"
    assert actions.decide(case, "second_review", "agree", signer=2, by=after).stage == "publicity"


def test_a_finished_case_is_taken_up_again_by_whom_the_matter_says(office: Office) -> None:
    case = office.to_the_end(office.open())
    with pytest.raises(Forbidden):
        actions.reopen(case, "second_review", "mistake", text="有误", by=office.clerks[0])
    again = actions.reopen(case, "second_review", "mistake", text="有误", by=office.leaders[2])
    assert (again.state, again.stage, again.completed_at) == ("running", "second_review", None)
    with using_scope(Scope.system()):
        assert CaseClock.objects.filter(case=case).count() == 2


def test_a_citizen_follows_with_the_code_and_nobody_guesses_it(office: Office) -> None:
    case = office.open()
    code = case.follow_code  # type: ignore[attr-defined]
    seen = follow(case.number, code.lower(), address="1.2.3.4")
    assert (seen.state_label, seen.applicant) == ("已收件", "示****")
    for _ in range(5):
        with pytest.raises(AnjuError, match="not_followed"):
            follow(case.number, "WRONG", address="1.2.3.4")
    with pytest.raises(AnjuError, match="too_many_attempts"):
        follow(case.number, code, address="1.2.3.4")


def test_extended_by_approval_once(office: Office) -> None:
    case = office.to_second_review(office.open())
    actions.extend_clock(case, "10wd", document="示例批〔2025〕3号", by=office.leaders[0], at=moment("2025-03-06"))
    with using_scope(Scope.system()):
        assert CaseClock.objects.get(case=case).due_on == datetime.date(2025, 4, 29)
    with pytest.raises(AnjuError, match="no_extension"):
        actions.extend_clock(case, "5wd", document="再批", by=office.leaders[0], at=moment("2025-03-07"))
