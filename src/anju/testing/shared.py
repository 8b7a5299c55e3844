"""Reference material beside the project, which a clone may not have: tests that need it are marked `shared`."""

from __future__ import annotations

from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parents[4] / "shared"


def reference(name: str) -> Path:
    """A file of the reference material; the test is skipped where the clone stands alone."""
    path = FOLDER / name
    if not FOLDER.is_dir():
        pytest.skip("no reference material beside the project")
    assert path.exists(), path
    return path
