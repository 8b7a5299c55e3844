"""The household on the pages of its cases: what is on record, and what the rule says of it today."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from anju.domains.housing import queries
from anju.domains.housing.applications.qualifying import as_it_stands
from anju.domains.housing.models import Application, Household, Lease
from anju.kernel.access.actor import Actor
from anju.kernel.cases.queries import CaseView
from anju.kernel.errors import AnjuError
from anju.ui.casework import Panel, add_counter, add_panel

JUDGED = ("public_rental", "public_rental_appeal", "public_rental_review", "public_rental_renewal")
OTHERS = ("rent_subsidy", "new_worker_subsidy", "public_rental_exit")


def bring() -> None:
    """Called once when the house is assembled."""
    for matter in (*JUDGED, *OTHERS):
        add_panel(Panel(matter, _("保障家庭"), "housing/case_household.html", _household, "papers"))
    for matter, product in (("public_rental", "public_rental"), ("rent_subsidy", "rent_subsidy"), ("new_worker_subsidy", "new_worker")):
        add_counter(matter, "housing-household-new", f"?product={product}")
    add_counter("talent_purchase_subsidy", "housing-claim-talent")
    add_counter("purchase_reward_claim", "housing-claim-reward")
    add_counter("public_rental_appeal", "housing-households")
    for matter in ("public_rental_review", "public_rental_renewal", "public_rental_exit"):
        add_counter(matter, "housing-leases")


def _household(view: CaseView, actor: Actor) -> dict[str, Any]:
    """The household of a case; nothing for who may not see housing security."""
    household = _of(view) if actor.may("housing.view") else None
    if household is None:
        return {}
    found: dict[str, Any] = {
        "household": household,
        "members": household.members.filter(left_on=None).order_by("pk"),
        "tier": queries.tier_of(household),
        "found": queries.means_of(household),
    }
    if view.case.matter in JUDGED and not view.case.final:
        try:
            found["why"] = as_it_stands(household, on=timezone.localdate(), region_code=view.case.region_code)[1]
        except AnjuError as error:
            found["problem"] = error.problems[0].what
    return found


def _of(view: CaseView) -> Household | None:
    table, _sign, number = view.case.subject.partition(":")
    if table == Household._meta.db_table:
        return Household.objects.filter(pk=int(number)).first()
    if table == Application._meta.db_table:
        return Household.objects.filter(applications=int(number)).first()
    return Household.objects.filter(leases=int(number)).first() if table == Lease._meta.db_table else None
