"""A data folder of a test's own, with the keys of the run."""

from __future__ import annotations

from pathlib import Path

import pytest

from anju.kernel.crypto import keyfile


@pytest.fixture
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """ANJU_HOME of this test alone: workers share the run's, and what lies there changes under a test that looks."""
    monkeypatch.setenv("ANJU_KEYS_FILE", str(keyfile.key_path()))
    monkeypatch.setenv("ANJU_HOME", str(tmp_path))
    return tmp_path
