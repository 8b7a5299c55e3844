"""Where the ring lies: made once, read by its owner only, from a file or the environment, told clearly when it is not there."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from anju.kernel.crypto import keyfile
from anju.kernel.crypto.keyring import KeyRing
from anju.kernel.errors import AnjuError


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("ANJU_HOME", str(tmp_path))
    monkeypatch.delenv("ANJU_KEYS", raising=False)
    monkeypatch.delenv("ANJU_KEYS_FILE", raising=False)
    return tmp_path


def test_processes_starting_at_once_agree_on_one_ring(own_home: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        rings = list(pool.map(lambda _number: keyfile.create(), range(16)))
    assert len({ring.index_key for ring in rings}) == 1
    assert (own_home / "keys.secret").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in own_home.iterdir()] == ["keys.secret"]


def test_a_replaced_ring_is_in_force_at_once() -> None:
    ring = keyfile.create()
    keyfile.replace_with(ring.rotated(2))
    assert keyfile.load().current.version == 2
    assert keyfile.load().keys[1] == ring.keys[1]


def test_no_keys_say_so_and_none_are_made() -> None:
    with pytest.raises(AnjuError, match=r"crypto\.keys_missing"):
        keyfile.load()
    assert not keyfile.exists()


def test_keys_others_may_read_are_refused(own_home: Path) -> None:
    keyfile.create()
    (own_home / "keys.secret").chmod(0o640)
    with pytest.raises(AnjuError, match=r"chmod 600.*crypto\.keys_exposed"):
        keyfile.load()


def test_keys_from_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    ring = KeyRing.fresh().rotated(3)
    monkeypatch.setenv("ANJU_KEYS", ring.dump())
    assert keyfile.load().fingerprints == ring.fingerprints
    with pytest.raises(AnjuError, match=r"crypto\.keys_in_environment"):
        keyfile.replace_with(ring)
    monkeypatch.delenv("ANJU_KEYS")
    (tmp_path / "elsewhere.json").write_text(ring.dump())
    monkeypatch.setenv("ANJU_KEYS_FILE", str(tmp_path / "elsewhere.json"))
    assert keyfile.load().fingerprints == ring.fingerprints


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"format": 1, "index": "AAAA", "keys": {}}', "null"])
def test_damaged_keys_are_refused_without_being_quoted(own_home: Path, content: str) -> None:
    (own_home / "keys.secret").write_text(content)
    (own_home / "keys.secret").chmod(0o600)
    with pytest.raises(AnjuError, match=r"crypto\.keys_unreadable"):
        keyfile.load()
    whole = KeyRing.fresh().dump()
    (own_home / "keys.secret").write_text(whole[:-9])
    with pytest.raises(AnjuError) as refused:
        keyfile.load()
    assert whole.split('"index": "')[1][:20] not in str(refused.value)


def test_a_ring_never_prints_its_keys() -> None:
    ring = KeyRing.fresh()
    assert "secret" not in repr(ring.current)
    assert ring.index_key.hex() not in repr(ring)
