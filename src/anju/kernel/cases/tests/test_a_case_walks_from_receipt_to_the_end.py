"""A case of the demonstration matter, from the counter to the approval."""

from __future__ import annotations

from anju.kernel.access.scope import using_scope
from anju.kernel.cases.models import Case, CaseClock, Move, Task
from anju.testing.cases import Office


def test_everybody_agrees_and_the_case_is_completed(office: Office) -> None:
    case = office.to_the_end(office.open())
    with using_scope(office.clerks[0].scope):
        stored = Case.objects.get(pk=case.pk)
        assert stored.state == "completed"
        assert stored.received_at < stored.accepted_at < stored.completed_at  # type: ignore[operator]
        assert not Task.objects.filter(case=case, status__in=["open", "waiting"]).exists()
        verbs = list(Move.objects.filter(case=case).order_by("seq").values_list("verb", flat=True))
        assert verbs[0] == "open"
        assert verbs[-1] == "agree"
        assert stored.revision == len(verbs)
        clock = CaseClock.objects.get(case=case)
        assert clock.used_days is not None
        assert not clock.late
