"""F1, role and attachment stay at or above what the project promises, on every group of annotated texts."""

from pathlib import Path

import pytest

from anju.kernel.reading.gold import texts
from anju.kernel.reading.gold.annotated import parse
from anju.kernel.reading.gold.evaluating import evaluate, total

SEEDS = Path(__file__).parents[7] / "shared" / "seeds"


@pytest.mark.parametrize("group", ["own", "held_out"])
def test_annotated_texts(group: texts.Group) -> None:
    scores = [evaluate(text) for text in texts.texts(group)]
    assert scores
    assert total(group, scores).reaches_targets


@pytest.mark.shared
def test_real_reports() -> None:
    scores = [evaluate(text) for text in texts.seeds(SEEDS)]
    assert len(scores) == 5
    assert all(score.reaches_targets for score in scores)


def test_a_disagreement_is_said_with_its_place() -> None:
    gold = parse("x", "销售⟦25套｜26 套 level⟧，增长⟦5%｜5 % yoy up⟧。")
    score = evaluate(gold)
    assert [(note.kind, note.place) for note in score.disagreements] == [
        ("value", "销售【25套】，增长5%。"),
        ("attachment", "销售25套，增长【5%】。"),
    ]
    assert (score.f1, score.attached) == (pytest.approx(0.5), 0)


@pytest.mark.parametrize("text", ["⟦3个｜3 个⟧", "⟦3个｜3 个 level >a⟧", "⟦3个｜3 个 level"])
def test_a_bad_mark_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"cannot read|no figure is named|not closed"):
        parse("x", text)
