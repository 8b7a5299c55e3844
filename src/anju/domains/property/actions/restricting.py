"""Place and lift restrictions, each by its document (MK-12)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from anju.domains.property.actions.staging import lock_units
from anju.domains.property.models import Restriction
from anju.domains.property.refusals import told_clearly
from anju.domains.property.stages import MORTGAGES, Limit
from anju.kernel.access.actor import Actor
from anju.kernel.errors import AnjuError
from anju.kernel.journal.actions import action


def restrict_units(
    ids: Iterable[int],
    *,
    kind: Limit,
    authority: str,
    document: str,
    on: date,
    by: Actor,
    expires_on: date | None = None,
    key: str | None = None,
) -> list[Restriction]:
    """Place one document's restriction on units. Needs `property.restrict`.

    A seizure behind an earlier one waits and follows at once when that is lifted (轮候查封). Raises AnjuError `property.restriction_once`.
    """
    by.require("property.restrict")
    with told_clearly(), action("property.restrict", by=by, key=key) as entry:
        if entry.repeated:
            return list(Restriction.objects.filter(pk__in=entry.data["restrictions"]).order_by("pk"))
        made = [
            Restriction.objects.create(
                unit=unit,
                kind=kind,
                authority=authority.strip(),
                document=document.strip(),
                placed_on=on,
                expires_on=expires_on,
                region_code=unit.region_code,
                bureau_id=unit.bureau_id,
            )
            for unit in lock_units(ids)
        ]
        for one in made:
            one.refresh_from_db(fields=["effective_on"])
        entry.data = {"kind": kind, "document": document, "restrictions": [one.pk for one in made]}
        entry.subject = f"property_unit:{made[0].unit_id}" if len(made) == 1 else ""
    return made


def lift_restriction(restriction_id: int, *, document: str, on: date, by: Actor) -> Restriction:
    """End a restriction by a document. Needs `property.restrict`. Raises AnjuError `property.restriction_is_only_lifted`."""
    by.require("property.restrict")
    with told_clearly(), action("property.lift_restriction", by=by) as entry:
        found = _locked(restriction_id)
        found.lifted_on, found.lift_document = on, document.strip()
        found.save(update_fields=["lifted_on", "lift_document"])
        entry.subject, entry.data = f"property_unit:{found.unit_id}", {"restriction": found.pk, "document": document}
    return found


def record_consent(restriction_id: int, *, document: str, by: Actor) -> Restriction:
    """Record that the mortgagee agrees to the sale (C06; 山东省商品房销售条例 art 35). Needs `property.restrict`."""
    by.require("property.restrict")
    if not document.strip():
        raise AnjuError.of("property.no_document", "没有写同意文书。", where="同意文书", advice="请填写抵押权人同意销售的文书号。")
    with told_clearly(), action("property.record_consent", by=by) as entry:
        found = _locked(restriction_id)
        if found.kind not in MORTGAGES:
            raise AnjuError.of("property.no_mortgage", "这项限制不是抵押。", advice="只有抵押需要抵押权人同意。")
        found.consent = document.strip()[:80]
        found.save(update_fields=["consent"])
        entry.subject, entry.data = f"property_unit:{found.unit_id}", {"restriction": found.pk, "document": document}
    return found


def _locked(restriction_id: int) -> Restriction:
    found = Restriction.objects.filter(pk=restriction_id).first()
    if found is None:
        raise AnjuError.of("property.unknown_restriction", "没有这项限制。", advice="请刷新后重试。")
    lock_units([found.unit_id])  # the unit first, as everybody: no two verbs wait for each other in a circle
    return Restriction.objects.select_for_update(of=("self",)).get(pk=restriction_id)
