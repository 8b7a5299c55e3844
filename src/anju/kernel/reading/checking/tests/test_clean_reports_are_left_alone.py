"""Reports that went through many hands: no error-level finding, and few warnings, over half a million characters."""

from __future__ import annotations

import gzip
import json
import re
from functools import lru_cache
from pathlib import Path

import pytest

from anju.kernel.reading.checking.checking import check
from anju.kernel.reading.checking.finding import Finding
from anju.kernel.reading.reader import read

REPORTS = Path(__file__).parents[7] / "shared" / "data" / "gov_work_reports" / "reports_2000_2025.jsonl.gz"
ERRORS_PER_CHARACTERS = 1 / 10_000
WARNINGS_PER_CHARACTERS = 1 / 3_000
_ENDED = re.compile(r"[。！？：；”]$")
_GOES_ON = re.compile(r"[，。、；：”》）]")
_LEFT_OPEN = re.compile(r"[“《（，、]$")
_HEADED = re.compile(r"[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|——")


def joined(text: str) -> str:
    """The source breaks its lines at links; a line that goes on is put back onto the line before. Its own notice at the end is cut off."""
    lines: list[str] = []
    for line in (each.strip() for each in re.sub(r"本作品.*$", "", text.replace("\u200b", ""), flags=re.DOTALL).splitlines()):
        broken = bool(lines) and line != "" and (_GOES_ON.match(line) or _LEFT_OPEN.search(lines[-1]))
        if broken or (lines and line and not _ENDED.search(lines[-1]) and len(lines[-1]) > 30 and not _HEADED.match(line)):
            lines[-1] += line
        elif line:
            lines.append(line)
    return "\n".join(lines)


@lru_cache
def checked() -> tuple[int, tuple[Finding, ...]]:
    characters, findings = 0, []
    with gzip.open(REPORTS, "rt", encoding="utf-8") as file:
        for line in file:
            text = joined(json.loads(line)["content"])
            characters += len(text)
            findings += check(read(text))
    return characters, tuple(findings)


@pytest.mark.shared
def test_hardly_an_error_in_half_a_million_characters() -> None:
    characters, findings = checked()
    assert characters > 400_000
    errors = [f"{finding.rule}: {finding.message}" for finding in findings if finding.severity == "error"]
    assert len(errors) <= characters * ERRORS_PER_CHARACTERS, errors


@pytest.mark.shared
def test_few_warnings() -> None:
    characters, findings = checked()
    warnings = [f"{finding.rule}: {finding.message}" for finding in findings if finding.severity == "warning"]
    assert len(warnings) <= characters * WARNINGS_PER_CHARACTERS, warnings
