"""Verify the journal against itself and against the rows it speaks of."""

from __future__ import annotations

from collections.abc import Callable

from django.db import connection, transaction

from anju.kernel.access.scope import Scope, using_scope
from anju.kernel.errors import Problem
from anju.kernel.journal.findings import Findings
from anju.kernel.journal.verifying_blocks import check_blocks
from anju.kernel.journal.verifying_images import check_images
from anju.kernel.journal.verifying_ties import check_ties


def _silent(line: str) -> None:
    """Say nothing."""


def verify(progress: Callable[[str], None] = _silent) -> list[Problem]:
    """Everything wrong with the journal, each named; empty when it is whole. Reads one consistent state of the database.

    Finds: sealed rows edited, removed, inserted or re-ordered; blocks broken, missing or rewritten; changes made outside an action
    or tied to another one; current rows that differ from their last image, have none, or should be gone; triggers switched off.
    """
    findings = Findings()
    outermost = not connection.in_atomic_block
    with using_scope(Scope.system()), transaction.atomic():
        with connection.cursor() as cursor:
            if outermost:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            # Images were written in UTC; current rows are compared in it.
            cursor.execute("SET LOCAL timezone = 'UTC'")
            cursor.execute("SET LOCAL work_mem = '128MB'")  # whole tables are joined to their images
        check_blocks(findings, progress)
        check_ties(findings, progress)
        check_images(findings, progress)
    return findings.all()
