"""The sample county's homes: cases, a ballot anybody recomputes, leases and rent; entered once, outside the periods of the reports."""

from __future__ import annotations

from datetime import date

from anju.domains.housing.letting import balloting, verify_ballot
from anju.domains.housing.models import Allocation, Application, Draw, Lease, LettingUnit, RentBill, WaitlistEntry
from anju.kernel.access.actor import Actor
from anju.kernel.access.scope import Scope, using_scope
from anju.kernel.cases.models import Case
from anju.site.demo import lettings
from anju.site.demo.people_in_post import settle


def test_it_is_entered_once_and_holds_together(db: None, system: Actor):
    settle(by=system, password="云川-Kx7-练习用口令")
    made = lettings.enter(by=system)
    assert lettings.enter(by=system) == 0
    with using_scope(Scope.system()):
        assert (made, Application.objects.count(), Case.objects.filter(completed_at=None).count()) == (17, 17, 3)
        assert WaitlistEntry.objects.filter(state="waiting").count() == 5 + 1  # and the one who refused
        drawn = Draw.objects.get()
        right = verify_ballot.order(drawn.pool.digest, drawn.seed, [(line.group, line.code) for line in drawn.pool.lines.all()])
        assert [place.candidate.code for place in balloting.places(drawn)] == [code for _group, code in right]
        assert sorted(Allocation.objects.values_list("state", flat=True)) == ["refused", *["signed"] * 8]
        assert (Lease.objects.filter(state="active").count(), LettingUnit.objects.filter(state="let").count()) == (8, 8)
        assert RentBill.objects.count() == 8 * 6
        assert not Application.objects.filter(applied_on__lt=date(2025, 1, 1)).exists()
