"""What the market shows on the register's pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from anju.domains.market import queries
from anju.domains.property.sections import Section
from anju.domains.property.stages import Stage
from anju.kernel.access.actor import Actor

if TYPE_CHECKING:
    from anju.domains.property.models import Project, Unit


def of_unit(unit: Unit, actor: Actor) -> Section | None:
    """The filed price, the contracts, and the way to sign."""
    if not (actor.may("market.view") or actor.may("market.sign_own")):
        return None
    context: dict[str, Any] = {
        "unit": unit,
        "price": queries.prices_of([unit.pk]).get(unit.pk),
        "contracts": queries.contracts_of_unit(unit.pk) if actor.may("market.view") else [],
        "may_sign": (actor.may("market.sign") or actor.may("market.sign_own")) and unit.stage in (Stage.SALEABLE, Stage.RESERVED),
    }
    context["resales"] = queries.resales_of_unit(unit.pk) if actor.may("market.view") else []
    context["may_check"] = actor.may("market.file") and unit.stage in (Stage.REGISTERED, Stage.INITIAL, Stage.NOT_FOR_SALE)
    return Section(_("销售"), "market/unit_section.html", context)


def of_project(project: Project, actor: Actor) -> Section | None:
    """The permits of the project."""
    if not actor.may("market.view"):
        return None
    permits = queries.permits(actor.scope).filter(project=project)[:100]
    return Section(
        _("销售许可"), "market/project_section.html", {"project": project, "permits": permits, "may_file": actor.may("market.file")}
    )
