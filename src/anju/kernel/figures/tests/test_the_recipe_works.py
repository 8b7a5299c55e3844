"""The indicator of docs/recipes/add-an-indicator.md is a good one, and the shipped catalogue says what it means."""

from __future__ import annotations

import re
from pathlib import Path

from anju.kernel.figures import facts
from anju.kernel.figures.catalogue import DefinitionFile, catalogue, definition_files, load
from anju.kernel.figures.explaining import explain

RECIPE = Path(__file__).parents[5] / "docs" / "recipes" / "add-an-indicator.md"


def test_the_indicator_of_the_recipe_is_read(tmp_path: Path) -> None:
    written = re.search(r"```yaml\n(market.*?)```", RECIPE.read_text(encoding="utf-8"), re.DOTALL)
    assert written is not None
    own = tmp_path / "own.yaml"
    own.write_text(written[1].replace("residential.sold_area:", "of_the_recipe:"), encoding="utf-8")
    shipped = [file for file in definition_files() if file.slice == "market"]
    found = load([*shipped, DefinitionFile("own", own, "indicators/own.yaml")], facts.all_facts())
    assert found.get("market.new_homes.of_the_recipe").of_which == "market.new_homes.sold_area"


def test_every_shipped_indicator_explains_itself() -> None:
    shipped = catalogue()
    names = {key: indicator.name for key, indicator in shipped.latest().items()}
    known = facts.all_facts()
    for key, indicator in shipped.latest().items():
        sentence = explain(indicator, known, names)
        assert sentence.endswith("。"), key
        assert not re.search(r"[a-z_]{4,}", sentence), sentence


def test_an_explanation_reads_like_a_definition() -> None:
    known = facts.all_facts()
    sentence = explain(catalogue().get("market.new_homes.residential.sold_area"), known, {})
    assert sentence == "取“商品房网签合同台账”中“备案日期”在报告期内、且“合同状态”为已备案或已办证，“用途”为住宅的记录，合计“建筑面积”。"
