"""The JSON form of *read* has exactly the documented keys and meanings."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from anju.kernel.reading.form import KEYS, SCHEMA, as_data, as_json
from anju.kernel.reading.gold import texts
from anju.kernel.reading.reader import read


def data(text: str) -> list[dict]:
    return as_data(read(text))


def test_every_figure_has_the_keys_in_order() -> None:
    assert [tuple(figure) for figure in data("全县销售2531套，建筑面积35.52万㎡。")] == [KEYS, KEYS]


def test_values_are_exact_in_the_unit_without_its_scale() -> None:
    (area,) = data("面积35.52万㎡")
    assert (area["text"], area["value"], area["unit"]) == ("35.52万㎡", "355200", "㎡")
    assert (area["low"], area["high"]) == ("355150", "355250")


def test_printed_decimals_stay_where_no_scale_was_applied() -> None:
    level, growth = data("销售面积12.20万㎡，同比上升55.40%。")
    assert (growth["value"], growth["unit"], growth["role"], growth["direction"]) == ("55.40", "%", "yoy", "up")
    assert growth["attaches_to"] == 0
    assert level["value"] == "122000"


def test_points_ranks_and_masks() -> None:
    assert [(f["value"], f["unit"]) for f in data("完成率为96%，同比提高13个百分点，居全市第二。")] == [
        ("96", "%"),
        ("13", "百分点"),
        ("2", "位"),
    ]
    (masked,) = data("投入*亿元。")
    assert (masked["value"], masked["modifier"], masked["unit"]) == (None, "masked", "元")


@pytest.mark.parametrize("group", ["own", "held_out"])
def test_every_annotated_text_gives_json_that_fits_the_schema(group: str) -> None:
    Draft202012Validator.check_schema(SCHEMA)
    validator = Draft202012Validator(SCHEMA)
    for one in texts.texts(group):
        reading = read(one.text)
        found = json.loads(as_json(reading))
        validator.validate(found)
        assert found
        assert all(reading.text[figure["start"] : figure["end"]] == figure["text"] for figure in found)
        assert all(figure["attaches_to"] is None or figure["attaches_to"] < len(found) for figure in found)
        assert [figure["start"] for figure in found] == sorted(figure["start"] for figure in found)


def test_the_documentation_names_every_key_and_value_of_the_schema() -> None:
    page = (Path(__file__).parents[5] / "docs" / "reading.md").read_text(encoding="utf-8")
    table = page[page.index("### The JSON of figures") : page.index("### How well it reads")]
    named = set(re.findall(r"`([a-z_]+)`", table))
    properties = SCHEMA["items"]["properties"]
    wanted = {*KEYS, *properties["scope"]["properties"]}
    wanted |= {value for name in ("role", "direction", "modifier") for value in properties[name]["enum"] if value}
    assert wanted - named == set()


@pytest.mark.parametrize(
    ("written", "value", "unit"),
    [
        ("3万4千元", "34000", "元"),
        ("1亿2000万元", "120000000", "元"),
        ("2千5百万元", "25000000", "元"),
        ("1亿2000万3千元", "120003000", "元"),
        ("1亿2.5千万元", "125000000", "元"),
        ("2万零500元", "20500", "元"),
        ("3万5千2百元", "35200", "元"),
        ("1万亿2000亿元", "1200000000000", "元"),
        ("1亿3千万元", "130000000", "元"),
        ("2万3千余人次", "23000", "人次"),
        ("5千3百户", "5300", "户"),
        ("3万4000平方米", "34000", "平方米"),
    ],
)
def test_a_number_in_two_scales_is_one_figure(written: str, value: str, unit: str) -> None:
    assert [(one["text"], one["value"], one["unit"]) for one in data(f"完成{written}。")] == [(written, value, unit)]


@given(head=st.integers(1, 9999), rest=st.integers(1, 9))
def test_two_scales_add_up(head: int, rest: int) -> None:
    (one,) = data(f"发放{head}万{rest}千元。")
    assert one["value"] == str(head * 10_000 + rest * 1000)


@pytest.mark.parametrize(("text", "found"), [("1万2户", ["1万", "2户"]), ("投资1亿2000元", ["1亿", "2000元"])])
def test_what_is_no_number_in_two_scales_stays_two(text: str, found: list[str]) -> None:
    assert [one["text"] for one in data(f"{text}。")] == found
