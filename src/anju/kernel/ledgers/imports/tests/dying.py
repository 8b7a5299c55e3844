"""A process that imports and kills itself, without warning, at a chosen point. Run by the crash tests.

Arguments: the verb (`prepare` with a path, `confirm` with a batch id), the staff number to act as, and the count of progress reports
after which to die; `late` dies when all rows are written and only the commit is missing.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path


def main() -> None:
    verb, what, staff, point = sys.argv[1:]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "anju.site.settings")
    import django

    django.setup()
    from anju.kernel.access.scope import Scope, using_scope
    from anju.kernel.ledgers import catalogue, imports
    from anju.kernel.ledgers.imports import columns, writing
    from anju.kernel.ledgers.imports.tests.books import LEDGER, PAGE
    from anju.kernel.orgs.models import Staff
    from anju.kernel.orgs.queries import actor_of

    writing.ROWS_AT_ONCE = 10
    with using_scope(Scope.system()):
        by = actor_of(Staff.objects.select_related("user").get(pk=int(staff)).user)
    seen = 0

    def die_at(done: int, total: int) -> None:
        nonlocal seen
        seen += 1
        if str(seen) == point:
            os.kill(os.getpid(), signal.SIGKILL)

    if point == "late":
        remember = columns.remember

        def remember_and_die(*arguments: object, **named: object) -> None:
            remember(*arguments, **named)  # type: ignore[arg-type]
            os.kill(os.getpid(), signal.SIGKILL)

        columns.remember = remember_and_die  # type: ignore[assignment]
    with catalogue.declared_also((catalogue.read_ledger(PAGE, file="test.yaml", slice="test"),)):
        if verb == "prepare":
            imports.prepare_import(catalogue.get(LEDGER), Path(what), by=by, progress=die_at)
        else:
            imports.confirm_import(int(what), by=by, progress=die_at)


if __name__ == "__main__":
    main()
