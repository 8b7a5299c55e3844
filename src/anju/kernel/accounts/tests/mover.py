"""A process that moves money between the accounts of a book until it has done its share; run by the race and crash tests.

Arguments: the staff number to act as, the book, a seed, how many moves. It prints `key fen` after every move that was answered, and
retries by key whatever the connection or the server did in between. Accounts are named in both orders, so that a wrong order of locks
would end in a deadlock.
"""

from __future__ import annotations

import os
import random
import sys
import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


def main() -> None:
    staff, book, seed, moves = map(int, sys.argv[1:5])
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "anju.site.settings")
    import django

    django.setup()
    from anju.kernel.access.actor import Actor
    from anju.kernel.access.scope import Scope, using_scope
    from anju.kernel.accounts import actions
    from anju.kernel.accounts.books import Account
    from anju.kernel.accounts.posting import Move
    from anju.kernel.accounts.tests.conftest import DAY, allowed, declare
    from anju.kernel.errors import AnjuError
    from anju.kernel.orgs.models import Staff
    from anju.kernel.orgs.queries import actor_of

    declare()

    def prepare() -> tuple[Actor, list[int]]:
        with using_scope(Scope.system()):
            actor = allowed(actor_of(Staff.objects.select_related("user").get(pk=staff).user))
            return actor, list(Account.objects.filter(book_id=book).order_by("pk").values_list("pk", flat=True))

    by, (bank, *buildings) = patiently(prepare)
    dice = random.Random(seed)
    for number in range(moves):
        one, other = dice.sample(buildings, 2)
        fen = dice.randint(1, 5_000)
        key = f"{seed}:{number}"
        chain = [
            Move(bank, one, fen, "testing.any", DAY, f"{key}:in"),
            Move(one, other, fen, "testing.any", DAY, f"{key}:over"),
            Move(other, bank, fen // 2 + 1, "testing.any", DAY, f"{key}:out"),
        ]
        try:
            made = patiently(lambda chain=chain: actions.transfer(chain, by=by))
            print(f"{key} {fen - fen // 2 - 1} {made.id}", flush=True)  # noqa: T201
        except AnjuError as error:
            print(f"refused {error.problems[0].code}", flush=True)  # noqa: T201


def patiently(work: Callable[[], T]) -> T:
    """The work's outcome, however often the connection or the server dies meanwhile; a deadlock is said aloud."""
    from django.db import DatabaseError, InterfaceError, connection

    for _attempt in range(600):
        try:
            return work()
        except (DatabaseError, InterfaceError) as error:
            if "deadlock" in str(error):
                print("deadlock", flush=True)  # noqa: T201
            connection.close()
            time.sleep(0.02)
    raise SystemExit("gave up")


if __name__ == "__main__":
    main()
