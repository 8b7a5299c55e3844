"""Every run of a benchmark leaves one line in history.jsonl, so that slow growth shows."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

HISTORY = Path(__file__).with_name("history.jsonl")


def record(benchmark: str, *, rows: int, ratios: dict[str, float], **more: Any) -> None:
    """Append this run."""
    at = datetime.now(UTC).isoformat(timespec="seconds")
    line = {"benchmark": benchmark, "at": at, "rows": rows, "ratios": {name: round(value, 3) for name, value in ratios.items()}, **more}
    with HISTORY.open("a", encoding="utf-8") as file:
        file.write(json.dumps(line, ensure_ascii=False) + "\n")
