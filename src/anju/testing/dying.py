"""A process that dies in the middle of what it does, at every point in turn: for tests that nothing is lost or doubled."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from typing import Any

_parents: list[Any] = []
SURVIVED, REFUSED, KILLED, AT_COMMIT = 0, 1, -signal.SIGKILL, -signal.SIGUSR1


def die_everywhere(act: Callable[[], object], look: Callable[[int], None], *, most: int = 200) -> int:
    """Kill `act` after its first statement, after its second, and so on, at last with everything written but the commit; how many times.

    `look` is told every point and checks what is left: nothing of `act` was ever committed.
    """
    for point in range(1, most):
        code = die_in(act, after=point)
        if code not in (KILLED, AT_COMMIT):
            raise AssertionError(f"it was not killed at statement {point}: exit code {code}")
        look(point)
        if code == AT_COMMIT:
            return point
    raise AssertionError(f"more than {most} statements")


def die_after_commit(act: Callable[[], object]) -> None:
    """Kill `act` when its work is committed and nobody has been told."""
    if (code := die_in(act, commits=True)) != KILLED:
        raise AssertionError(f"it was not killed: exit code {code}")


def die_in(act: Callable[[], object], *, after: int = 0, commits: bool = False) -> int:
    """Run `act` in a child process; its exit code, negative for the signal that ended it. REFUSED: it raised.

    `after`: killed when so many statements are done, or at the commit if it comes earlier; `commits`: killed just after the commit.
    """
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    code = REFUSED
    try:
        _alone()
        _arm(after, commits)
        act()
        code = SURVIVED
    finally:
        os._exit(code)


def _alone() -> None:
    """A child has connections of its own; its parent's stay open and untouched."""
    from django.db import connections

    for one in connections.all(initialized_only=True):
        _parents.append(one.connection)  # kept from being collected, which would say goodbye on the socket it shares with its parent
        one.connection = None
        one.in_atomic_block = False
        one.savepoint_ids, one.atomic_blocks, one.run_on_commit = [], [], []
        one.needs_rollback = False


def _arm(after: int, commits: bool) -> None:
    from django.db import connection as found

    connection: Any = found
    done = 0

    def execute(run: Callable[..., Any], *given: Any) -> Any:
        nonlocal done
        result = run(*given)
        done += 1
        if done == after:
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    commit = connection._commit

    def committing() -> None:
        if after:
            os.kill(os.getpid(), signal.SIGUSR1)
        commit()
        if commits:
            os.kill(os.getpid(), signal.SIGKILL)

    connection.ensure_connection()
    connection.execute_wrappers.append(execute)
    connection._commit = committing
