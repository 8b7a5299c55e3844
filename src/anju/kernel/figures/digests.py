"""SM3 (GB/T 32905-2016) over bytes and plain data."""

from __future__ import annotations

import json
from typing import Any

from cryptography.hazmat.primitives.hashes import SM3, Hash


def sm3(content: bytes) -> str:
    """Hex digest of these bytes."""
    digest = Hash(SM3())
    digest.update(content)
    return digest.finalize().hex()


def sm3_of_data(data: Any) -> str:
    """Hex digest of plain data, however its keys are ordered."""
    return sm3(json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode())
