"""A process that takes one step of a batch and dies at a chosen statement of it, as a machine does that loses its power.

    python -m anju.domains.housing.payments.tests.dying DATABASE STEP STATEMENTS

STATEMENTS: how many statements the step may finish before the process is killed; 0 lets it live.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from datetime import date
from typing import Any


def main() -> None:
    database, step, left = sys.argv[1], sys.argv[2], int(sys.argv[3])
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "anju.site.settings")
    import django

    django.setup()
    from django.db import connection, connections

    from anju.kernel.access.scope import Scope, using_scope

    for alias in ("default", "owner"):
        connections[alias].settings_dict["NAME"] = database
    with using_scope(Scope.system()):
        act = _step(step)
        connection.ensure_connection()
        with connection.execute_wrapper(_killer(left)):
            act()


def _killer(left: int) -> Callable[..., Any]:
    count = 0

    def execute(run: Callable[..., Any], sql: Any, parameters: Any, many: bool, context: Any) -> Any:
        nonlocal count
        result = run(sql, parameters, many, context)
        count += 1
        if left and count >= left:
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    return execute


def _step(name: str) -> Callable[[], object]:
    from anju.domains.housing.models import PaymentBatch
    from anju.domains.housing.payments import answering, drafting, sending, steps, supplementing
    from anju.domains.housing.payments.answering import Receipt
    from anju.domains.housing.subsidies.running import run_rent_subsidy
    from anju.kernel.orgs.models import Staff
    from anju.kernel.orgs.queries import actor_of

    people = {role.code: actor_of(one.user) for one in Staff.objects.select_related("user") for role in one.roles.all()}
    batch = PaymentBatch.objects.order_by("pk").first()
    content = sys.stdin.buffer.read() if name == "answer" else b""
    receipt = Receipt("示例银行", "HP001", date(2023, 6, 28), "csv-utf8")
    return {
        "run": lambda: run_rent_subsidy(date(2023, 6, 1), by=people["clerk"], on=date(2023, 6, 20), key="run-2023-06"),
        "draft": lambda: drafting.draft_rent_subsidies("2023-06", by=people["clerk"], key="draft-2023-06"),
        "review": lambda: steps.review(batch, by=people["reviewer"]),  # type: ignore[arg-type]
        "approve": lambda: steps.approve(batch, on=date(2023, 6, 25), by=people["leader"]),  # type: ignore[arg-type]
        "send": lambda: sending.send(batch, "csv-utf8", by=people["payments_officer"], key="send-2023-06"),  # type: ignore[arg-type]
        "answer": lambda: answering.take_answer(batch, content, receipt, by=people["payments_officer"]),  # type: ignore[arg-type]
        "supplement": lambda: supplementing.supplement(batch, by=people["clerk"], key="supplement"),  # type: ignore[arg-type]
    }[name]


if __name__ == "__main__":
    main()
