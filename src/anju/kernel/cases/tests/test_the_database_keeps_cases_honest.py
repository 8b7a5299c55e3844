"""What the code forgot, the database refuses: each promise is broken by hand and found."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models.functions import Now

from anju.kernel.access.scope import using_scope
from anju.kernel.cases import actions
from anju.kernel.cases.models import Case, Task
from anju.kernel.orgs.models import Bureau
from anju.testing.cases import Office, moment

_MOVE = """
    INSERT INTO cases_move (case_id, region_code, bureau_id, seq, verb, step, from_state, from_stage, to_state, to_stage, target,
                            reason, text, data, actor, on_behalf_of, department, "on", at)
    SELECT id, region_code, bureau_id, revision + 1, 'agree', '', state, stage, {state}, {stage}, '', '', '', '{{}}',
           'x', '', '', now(), now()
    FROM cases_case WHERE id = %s
"""
_JUMP = "UPDATE cases_case SET revision = revision + 1, state = 'completed', stage = 'approve', completed_at = now() WHERE id = %s"
ATTACKS = {
    "case_changes_by_moves": ["UPDATE cases_case SET revision = revision + 1, stage = 'approve' WHERE id = %s"],
    "case_one_move_at_a_time": ["UPDATE cases_case SET stage = 'approve' WHERE id = %s"],
    "case_fixed": ["UPDATE cases_case SET number = 'X', revision = revision + 1 WHERE id = %s"],
    "case_follows_its_roads": [_MOVE.format(state="'completed'", stage="'approve'"), _JUMP],
    "task_stays_decided": ["UPDATE cases_task SET decision = 'refuse' WHERE case_id = %s AND status = 'decided'"],
    "case_numbers_only_grow": ["UPDATE cases_counter SET last = last - 1 WHERE %s > 0"],
    "move_was_made": [_MOVE.format(state="state", stage="stage"), "SET CONSTRAINTS ALL IMMEDIATE"],
}
FORBIDDEN = (
    "DELETE FROM cases_case", "DELETE FROM cases_task", "DELETE FROM cases_move", "UPDATE cases_move SET actor = 'x'",
    "DELETE FROM cases_road", "UPDATE cases_matter SET page = '{}'", "UPDATE cases_notice SET given_on = now()",
    "UPDATE cases_clock_event SET reason = 'x'", "DELETE FROM cases_material",
)  # fmt: skip


@pytest.mark.parametrize("name", ATTACKS)
def test_a_broken_promise_is_named(office: Office, name: str) -> None:
    case = office.open()
    actions.accept(case, by=office.clerks[0], at=moment("2025-03-04"))
    with using_scope(office.clerks[0].scope), pytest.raises(DatabaseError) as refusal, transaction.atomic():
        _execute(ATTACKS[name], case)
    assert refusal.value.__cause__.diag.constraint_name == name  # type: ignore[union-attr]


def _execute(statements: list[str], case: Case) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement, [case.pk] if "%s" in statement else None)


@pytest.mark.parametrize("statement", FORBIDDEN)
def test_history_is_only_added_to(office: Office, statement: str) -> None:
    office.open()
    with using_scope(office.clerks[0].scope), pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_task_cannot_be_open_where_the_case_is_not(office: Office) -> None:
    case = office.open()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    # The stage of a task never changes, so another one is opened elsewhere by hand.
    with using_scope(office.clerks[0].scope), pytest.raises(DatabaseError, match="task_where_the_case_is"), transaction.atomic():
        Task.objects.create(
            case=case,
            region_code=case.region_code,
            bureau_id=case.bureau_id,
            stage="approve",
            step="approve",
            round=1,
            opened_at=case.received_at,
        )


def test_a_seat_is_open_once(office: Office) -> None:
    case = office.open()
    with using_scope(office.clerks[0].scope), pytest.raises(DatabaseError, match="task_one_open_per_seat"), transaction.atomic():
        Task.objects.create(
            case=case,
            region_code=case.region_code,
            bureau_id=case.bureau_id,
            stage="accept",
            step="accept",
            round=1,
            opened_at=case.received_at,
        )


def test_nobody_holds_two_neighbouring_levels_by_hand_either(office: Office) -> None:
    case = office.open()
    actions.accept(case, by=office.clerks[0], at=moment("2025-03-04"))
    with using_scope(office.clerks[0].scope), pytest.raises(DatabaseError, match="task_two_persons"), transaction.atomic():
        Task.objects.filter(case=case, status="open").update(
            status="decided", decision="agree", decided_by=office.clerks[0].staff_id, standing=True, ended_at=Now()
        )


def test_a_county_never_sees_another_s_case(office: Office, other_bureau: Bureau, other_county_clerk: object) -> None:
    case = office.open()
    with using_scope(other_county_clerk.scope):  # type: ignore[attr-defined]
        assert not Case.objects.filter(pk=case.pk).exists()
