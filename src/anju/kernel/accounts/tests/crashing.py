"""An installation of its own, whose clients and server may be killed. Run as a script it prepares or checks one."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from anju.kernel.database.cluster import Cluster
from anju.kernel.database.home import installation_secret
from anju.kernel.database.server import APP_URL, OWNER_URL, derived
from anju.kernel.errors import AnjuError


@dataclass
class House:
    """Its server, how its processes reach it, whose books move in it, and what clients have been answered (key to fen)."""

    cluster: Cluster
    environment: dict[str, str]
    staff: int
    book: int
    answered: dict[str, int] = field(default_factory=dict)

    def start(self, script: Path, *arguments: object) -> subprocess.Popen[bytes]:
        """A process of the installation."""
        command = [sys.executable, str(script), *map(str, arguments)]
        return subprocess.Popen(command, env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def kill_server(self) -> None:
        """SIGKILL to the postmaster; wait until it and its children are gone."""
        server = psutil.Process(int((self.cluster.data / "postmaster.pid").read_text().split("\n", 1)[0]))
        children = server.children(recursive=True)
        server.send_signal(signal.SIGKILL)
        _gone, alive = psutil.wait_procs([server, *children], timeout=30)
        assert not alive, alive

    def start_server(self) -> None:
        """Let it recover and answer again; on a busy machine the shared memory of the dead one may take a while to be free."""
        deadline = time.monotonic() + 90
        while True:
            try:
                return self.cluster.start()
            except AnjuError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(1)

    def check(self, answered: dict[str, int]) -> None:
        """What was answered is there, once; every sum is right; the journal is whole."""
        found = json.loads(_run("check", self.environment, str(self.book)))
        assert found["problems"] == []
        assert found["findings"] == []
        assert found["keys"] == sorted(f"{key}:{part}" for key in answered for part in ("in", "over", "out"))
        assert found["bank_fen"] == sum(answered.values())
        assert found["entries"] == len(answered)


@contextmanager
def open_house(home: Path) -> Iterator[House]:
    """Prepare it, keep its server running, stop the server at the end."""
    cluster = Cluster(home=home, password=derived(installation_secret(home, "database"), "admin"))
    cluster.start()
    try:
        plain = {name: value for name, value in os.environ.items() if name not in (APP_URL, OWNER_URL, "DATABASE_URL")}
        environment = {**plain, "ANJU_HOME": str(home), "DJANGO_SETTINGS_MODULE": "anju.site.settings"}
        made = json.loads(_run("prepare", environment))
        environment |= {APP_URL: made["app"], OWNER_URL: made["owner"]}
        yield House(cluster, environment, made["staff"], made["book"])
    finally:
        cluster.release()


def _run(verb: str, environment: dict[str, str], *arguments: str) -> str:
    command = [sys.executable, __file__, verb, *arguments]
    done = subprocess.run(command, env=environment, capture_output=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr.decode()[-4000:]
    return done.stdout.decode().splitlines()[-1]


def _prepare() -> dict[str, object]:
    from anju.testing.sessions import install

    addresses = install()
    from anju.kernel.access.scope import Scope, using_scope
    from anju.kernel.accounts import actions
    from anju.kernel.accounts.tests.conftest import allowed, declare, open_money
    from anju.testing.factories import make_actor, make_bureau, make_city

    declare()
    with using_scope(Scope.system()):
        make_city()
        clerk = allowed(make_actor(make_bureau("dongyuan", "990121"), "clerk"))
    with using_scope(clerk.scope):
        money = open_money(clerk)
        for number in range(3, 6):
            actions.open_account(money.book, code=f"building:{number}", name=f"{number}号楼", kind="testing.held", by=clerk)
    return {"app": addresses.app, "owner": addresses.owner, "staff": clerk.staff_id, "book": money.book.pk}


def _check(book: int) -> dict[str, object]:
    import django

    django.setup()
    from anju.kernel.access.scope import Scope, using_scope
    from anju.kernel.accounts import comparing, queries
    from anju.kernel.accounts.books import Account
    from anju.kernel.accounts.transfers import Transfer
    from anju.kernel.journal.models import Entry
    from anju.kernel.journal.sealing import seal
    from anju.kernel.journal.verifying import verify

    seal()
    with using_scope(Scope.system()):
        bank = Account.objects.get(book_id=book, code="bank")
        return {
            "problems": [str(problem) for problem in comparing.compare()],
            "findings": [str(problem) for problem in verify()],
            "keys": sorted(Transfer.objects.values_list("key", flat=True)),
            "bank_fen": queries.balance(bank.pk).posted_fen,
            "entries": Entry.objects.filter(verb="accounts.transfer").count(),
        }


if __name__ == "__main__":
    print(json.dumps(_prepare() if sys.argv[1] == "prepare" else _check(int(sys.argv[2]))))  # noqa: T201
