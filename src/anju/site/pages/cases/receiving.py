"""A file that was sent for a material of a case is the material handed in."""

from __future__ import annotations

from anju.kernel.access.actor import Actor
from anju.kernel.cases import actions
from anju.kernel.cases.models import Case, Material
from anju.ui.requests import as_number


def receive_with_file(subject: str, role: str, *, by: Actor) -> bool:
    """Take the material in when the file was sent for one that is not there yet; whether it was."""
    table, _sign, number = subject.partition(":")
    if table != Case._meta.db_table or not by.may("cases.open"):
        return False
    row = Material.objects.filter(case=as_number(number) or 0, code=role).exclude(state=Material.State.HANDED_IN).first()
    if row is None or Case.objects.filter(pk=row.case_id, completed_at__isnull=False).exists():
        return False
    actions.receive_material(row.case_id, role, by=by)
    return True
