"""Children of `anju serve` end with it, also when it was killed and could tell nobody.

The parent keeps the writing end of a pipe; a child that reads its end to the last byte knows that the parent is gone.
"""

from __future__ import annotations

import os
import signal
import subprocess
import threading
import time
from collections.abc import Sequence

VARIABLE = "ANJU_LIFELINE"
GRACE_SECONDS = 5


def spawn(command: Sequence[str]) -> tuple[subprocess.Popen[bytes], int]:
    """Start a child on a lifeline; returns it and the end of the pipe to keep open."""
    reading, writing = os.pipe()
    child = subprocess.Popen(
        command, pass_fds=[reading], env={**os.environ, VARIABLE: str(reading)}, start_new_session=True, stdin=subprocess.DEVNULL
    )
    os.close(reading)
    return child, writing


def hold() -> None:
    """In a child: end with everything it started when the pipe ends. `spawn` made it the leader of a process group of its own."""
    number = os.environ.get(VARIABLE)
    if number is not None:
        threading.Thread(target=_wait, args=(int(number),), name="lifeline", daemon=True).start()


def _wait(descriptor: int) -> None:
    try:
        while os.read(descriptor, 64):
            pass
    except OSError:
        return
    os.killpg(os.getpgrp(), signal.SIGTERM)
    time.sleep(GRACE_SECONDS)
    os.killpg(os.getpgrp(), signal.SIGKILL)
