"""A file of silences beside a report: a page of YAML, the fingerprint of each finding with its reason."""

from __future__ import annotations

from pathlib import Path

from anju.kernel.declarations.reading import YamlText, read_file
from anju.kernel.reading.checking.silencing import Silence

CODE = "reading.silence.file"
ADVICE = "每条写成：编号: {reason: 理由, by: 姓名, on: 日期}，姓名和日期可不写。"


def read_silences(path: Path) -> tuple[Silence, ...]:
    """The silences of a file: `3f2a…: {reason: …, by: …, on: 2024-07-05}`. Raises AnjuError with every fault and its line
    (`reading.silence.file`, `declarations.yaml`), and `reading.silence.reason` for a reason that says nothing."""
    page = read_file(path, path.name, as_written=True)
    found = [(name, entry) for name, entry in page.data.items() if _is_entry(page, name, entry)]
    page.refuse()
    return tuple(Silence(name, **{key: str(value) for key, value in entry.items()}) for name, entry in found)


def _is_entry(page: YamlText, name: str, entry: object) -> bool:
    right = isinstance(entry, dict) and {"reason"} <= entry.keys() <= {"reason", "by", "on"}
    if not right:
        page.complain(CODE, f"“{name}”的内容应是理由（reason），可加姓名（by）和日期（on）。", ADVICE, name)
    return right
