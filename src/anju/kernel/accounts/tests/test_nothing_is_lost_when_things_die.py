"""Clients and the server itself are killed while money moves; clients retry by key; nothing is lost and nothing is done twice."""

from __future__ import annotations

import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from anju.kernel.accounts.tests.crashing import House, open_house

SCRIPT = Path(__file__).with_name("mover.py")
MOVES = 120


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """An installation of its own with durable settings: its server may be killed."""
    home = tmp_path_factory.mktemp("home")
    with open_house(home) as made:
        yield made


def test_clients_killed_and_started_again(house: House) -> None:
    answered = house.answered
    for round_ in range(4):
        running = [house.start(SCRIPT, house.staff, house.book, seed, MOVES) for seed in range(3)]
        time.sleep(1.2 + 0.35 * round_)
        for one in running:
            one.send_signal(signal.SIGKILL)
        answered |= told(running)
    last = [house.start(SCRIPT, house.staff, house.book, seed, MOVES) for seed in range(3)]
    for one in last:
        assert one.wait(timeout=300) == 0
    answered |= told(last)
    assert len(answered) == 3 * MOVES
    house.check(answered)


def test_the_server_killed_under_load(house: House) -> None:
    running = [house.start(SCRIPT, house.staff, house.book, seed, MOVES) for seed in range(3, 6)]
    for _ in range(3):
        time.sleep(1.5)
        house.kill_server()
        house.start_server()
    before = len(house.answered)
    for one in running:
        assert one.wait(timeout=300) == 0
    house.answered |= told(running)
    assert len(house.answered) == before + 3 * MOVES
    house.check(house.answered)


def told(running: list[subprocess.Popen[bytes]]) -> dict[str, int]:
    """What the processes were answered: key to what stayed in the book, fen."""
    lines = []
    for one in running:
        out, error = one.communicate(timeout=60)
        assert b"Traceback" not in error, error.decode()[-3000:]
        lines += out.decode().splitlines()
    assert not [line for line in lines if line.startswith(("deadlock", "refused"))], lines
    return {key: int(fen) for key, fen, _ in (line.split() for line in lines if line.count(" ") == 2)}
