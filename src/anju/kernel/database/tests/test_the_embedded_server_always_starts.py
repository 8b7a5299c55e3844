"""Two commands at once, a kill at any moment, a reused process number, a long path: the next start works."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg
import pytest

from anju.kernel.database.cluster import Cluster, alive

START = """
import sys
from pathlib import Path
from anju.kernel.database.server import ensure_running
print(ensure_running(Path(sys.argv[1])).app)
"""
HOLD = START + "sys.stdout.flush(); sys.stdin.read()"


@pytest.fixture
def home() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="anju-home-") as folder:
        yield Path(folder)
        Cluster(home=Path(folder), password="").stop()


def environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("ANJU_") and name != "DATABASE_URL"}


def spawn(home: Path, code: str = START) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", code, str(home)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment()
    )


def run(home: Path) -> str:
    process = spawn(home)
    out, _ = process.communicate(timeout=120)
    assert process.returncode == 0
    return out.strip()


def server_pid(home: Path) -> int:
    return int((home / "postgres" / "postmaster.pid").read_text().split()[0])


def test_several_first_starts_at_once_agree_and_the_last_one_stops_the_server(home: Path) -> None:
    processes = [spawn(home) for _ in range(4)]
    addresses = {process.communicate(timeout=120)[0].strip() for process in processes}
    assert [process.returncode for process in processes] == [0, 0, 0, 0]
    assert len(addresses) == 1
    assert not (home / "postgres" / "postmaster.pid").exists()


def test_a_killed_user_blocks_nothing_and_the_next_one_stops_the_server(home: Path) -> None:
    killed = spawn(home, HOLD)
    assert killed.stdout is not None
    killed.stdout.readline()
    killed.kill()
    killed.communicate()
    pid = server_pid(home)
    run(home)
    psutil.wait_procs([psutil.Process(pid)] if psutil.pid_exists(pid) else [], timeout=10)
    assert not alive(pid)


def test_a_killed_server_recovers(home: Path) -> None:
    holder = spawn(home, HOLD)
    assert holder.stdout is not None
    address = holder.stdout.readline().strip()
    with psycopg.connect(address) as connection:
        assert connection.execute("SELECT current_user").fetchone() == ("anju_app",)
    os.kill(server_pid(home), signal.SIGKILL)
    holder.kill()
    holder.communicate()
    assert run(home) == address


def test_a_set_up_that_was_interrupted_starts_again(home: Path) -> None:
    process = spawn(home)
    deadline = time.monotonic() + 60
    while not list(home.glob("postgres.new-*")) and time.monotonic() < deadline:
        time.sleep(0.005)
    time.sleep(0.1)
    process.kill()
    process.communicate()
    assert "anju_app" in run(home)
    assert not list(home.glob("postgres.new-*"))


def test_a_process_number_used_again_by_somebody_else_does_not_block(home: Path) -> None:
    run(home)
    (home / "postgres" / "postmaster.pid").write_text(f"{os.getpid()}\n{home}\n0\n5432\n{home}\n\n 0 0\nready\n")
    assert "anju_app" in run(home)


def test_a_home_with_a_long_path(home: Path) -> None:
    long = home / ("a-folder-name-much-longer-than-a-socket-may-be-" * 3)
    long.mkdir()
    assert "anju_app" in run(long)
    Cluster(home=long, password="").stop()


def test_nobody_connects_without_the_password_and_no_port_is_open(home: Path) -> None:
    holder = spawn(home, HOLD)
    assert holder.stdout is not None
    holder.stdout.readline()
    cluster = Cluster(home=home, password="wrong")
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(cluster.conninfo())
    assert [c for c in psutil.Process(server_pid(home)).net_connections("inet") if c.status == psutil.CONN_LISTEN] == []
    holder.communicate("")


def test_the_application_role_owns_nothing_and_may_make_nothing(home: Path) -> None:
    holder = spawn(home, HOLD)
    assert holder.stdout is not None
    with psycopg.connect(holder.stdout.readline().strip(), autocommit=True) as connection:
        owned = connection.execute(
            "SELECT count(*) FROM pg_class WHERE relowner = (SELECT oid FROM pg_roles WHERE rolname = 'anju_app')"
        ).fetchone()
        assert owned == (0,)
        for statement in ("CREATE TABLE x (a int)", "CREATE ROLE y", "SET ROLE anju_owner", "ALTER SYSTEM SET fsync = off"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(statement)
    holder.communicate("")
