"""A silence meets its own finding and no other; the finding keeps its name when the text around it is edited or read again."""

from __future__ import annotations

from pathlib import Path

import pytest

from anju.kernel.errors import AnjuError
from anju.kernel.reading.checking.checking import check
from anju.kernel.reading.checking.finding import Finding
from anju.kernel.reading.checking.silence_file import read_silences
from anju.kernel.reading.checking.silencing import Silence, sift
from anju.kernel.reading.reader import read

TEXT = "全年受理投诉1024件，办结1003件，办结率98.95%。\n截止六月底，完成危房改造128.5户。\n截止目前，各项工作有序推进。"


def findings(text: str) -> tuple[Finding, ...]:
    return check(read(text))


def test_one_silence_leaves_the_others_standing() -> None:
    found = findings(TEXT)
    chosen = next(finding for finding in found if finding.rule == "ratio")
    sifted = sift(found, [Silence(chosen.fingerprint, "分母为应办结件数，已与信访局核对")])
    assert [finding.rule for finding, _ in sifted.silenced] == ["ratio"]
    assert set(sifted.standing) == set(found) - {chosen}
    assert sifted.idle == ()


def test_a_silence_without_a_reason_is_refused() -> None:
    with pytest.raises(AnjuError) as refused:
        Silence("0" * 16, " 好 ")
    assert refused.value.problems[0].code == "reading.silence.reason"


def test_a_silence_of_a_mended_text_is_idle() -> None:
    silence = Silence("0123456789abcdef", "旧报告里的问题，已改")
    assert sift(findings("各项工作有序推进。"), [silence]).idle == (silence,)


@pytest.mark.parametrize(
    "edited",
    [
        "新加的开头一段，说明情况。\n" + TEXT,
        TEXT.replace("各项工作有序推进", "各项工作都在有序推进"),
        TEXT + "\n末尾再加一段。",
        TEXT.replace("全年受理投诉", "全年共受理群众投诉"),
    ],
)
def test_names_outlive_edits_elsewhere(edited: str) -> None:
    def names(text: str, rule: str) -> list[str]:
        return [finding.fingerprint for finding in findings(text) if finding.rule == rule]

    for rule in ("ratio", "integer_count", "style_jiezhi"):
        assert names(edited, rule) == names(TEXT, rule) != []


def test_a_changed_number_is_another_finding() -> None:
    def name(text: str) -> str:
        return next(finding.fingerprint for finding in findings(text) if finding.rule == "ratio")

    assert name(TEXT) != name(TEXT.replace("98.95%", "98.96%"))


def test_equal_words_twice_are_two_findings() -> None:
    twice = "完成改造12.5户。\n完成改造12.5户。"
    names = [finding.fingerprint for finding in findings(twice) if finding.rule == "integer_count"]
    assert len(set(names)) == 2


def test_a_file_of_silences(tmp_path: Path) -> None:
    path = tmp_path / "silences.yaml"
    path.write_text(
        "0123456789abcdef: {reason: 按统计局口径核对过, by: 张三, on: 2024-07-05}\n12345678901234e5: {reason: 合同已补录}\n",
        encoding="utf-8",
    )
    assert read_silences(path) == (
        Silence("0123456789abcdef", "按统计局口径核对过", "张三", "2024-07-05"),
        Silence("12345678901234e5", "合同已补录"),
    )


@pytest.mark.parametrize("written", ["a: 只有理由", "- {reason: 没有编号}", "a: [", "a: {reason: 理由够长, more: x}"])
def test_a_bad_file_of_silences_is_refused(tmp_path: Path, written: str) -> None:
    path = tmp_path / "silences.yaml"
    path.write_text(written, encoding="utf-8")
    with pytest.raises(AnjuError) as refused:
        read_silences(path)
    assert refused.value.problems[0].code in ("reading.silence.file", "declarations.yaml")
