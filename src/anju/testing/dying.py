"""A process that dies in the middle of what it does, at every point in turn: for tests that nothing is lost or doubled.

    def test_it(fresh_db):
        alone(scenario, fresh_db)  # runs the function in a process of its own, in which die_everywhere and die_in may fork

A test's own process may hold threads (polars, the test runner's pipe), and the locks they hold would never be opened in a fork.
"""

from __future__ import annotations

import importlib
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

_parents: list[Any] = []
_idle = 1
"""How many threads a process has that may be forked: those that libraries start when imported, and that do nothing yet."""
SURVIVED, REFUSED, KILLED, AT_COMMIT = 0, 1, -signal.SIGKILL, -signal.SIGUSR1


def alone(scenario: Callable[[], None], database: str) -> None:
    """Run a function of a test module in a process of its own on a database; what it raised is raised here with its trace."""
    command = [sys.executable, "-m", "anju.testing.dying", scenario.__module__, scenario.__name__, database]
    ended = subprocess.run(command, check=False, capture_output=True, text=True)
    if ended.returncode:
        raise AssertionError(f"exit code {ended.returncode}\n{ended.stdout}{ended.stderr}")


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
    if _threads() > _idle:
        raise RuntimeError("this process holds threads at work and cannot be forked safely; run the scenario by `alone`")
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

    from anju.kernel.database import prepared

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

    ask = prepared.ask  # statements that are prepared do not pass Django's wrappers
    prepared.ask = lambda *given: execute(ask, *given)

    connection.ensure_connection()
    connection.execute_wrappers.append(execute)
    connection._commit = committing


def _threads() -> int:
    return len(list(Path("/proc/self/task").iterdir()))


def _main() -> None:
    global _idle
    module, name, database = sys.argv[1:]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "anju.site.settings")
    import django

    django.setup()
    from django.db import connections

    for alias in ("default", "owner"):
        connections[alias].settings_dict["NAME"] = database
    scenario = getattr(importlib.import_module(module), name)
    _idle = _threads()
    scenario()


if __name__ == "__main__":
    sys.modules[__spec__.name] = sys.modules["__main__"]  # the scenario imports this module by its name: one and the same
    _main()
