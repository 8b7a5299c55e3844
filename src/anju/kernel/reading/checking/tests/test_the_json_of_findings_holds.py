"""The contract of `anju report check --format json`: its keys, their order and meaning, and that indexes are those of the reading."""

from __future__ import annotations

import json

from anju.kernel.reading.checking.checking import check
from anju.kernel.reading.checking.form import KEYS, SCHEMA, as_data, as_json
from anju.kernel.reading.checking.silencing import Silence, sift
from anju.kernel.reading.reader import read

TEXT = "商品住宅销售面积30.79万㎡，住宅销售额14.57亿元，商品住宅均价4687元/㎡。\n截止六月底，完成危房改造128.5户。"


def test_a_finding_in_json() -> None:
    reading = read(TEXT)
    (first, *_) = as_data(sift(check(reading), []))
    assert tuple(first) == KEYS == tuple(SCHEMA["items"]["properties"])
    assert first["rule"] == "average"
    assert first["severity"] == "error"
    assert [TEXT[start:end] for start, end in first["spans"]] == ["4687元/㎡", "14.57亿元", "30.79万㎡"]
    assert [reading.figures[index].text for index in first["figures"]] == ["4687元/㎡", "14.57亿元", "30.79万㎡"]
    assert "[4729.66, 4734.45]元/㎡" in first["arithmetic"]
    assert first["silenced"] is None


def test_a_silenced_finding_stays_in_the_list_with_its_reason() -> None:
    found = check(read(TEXT))
    sifted = sift(found, [Silence(found[0].fingerprint, "按各月均价的平均计算")])
    data = as_data(sifted)
    assert len(data) == len(found)
    assert data[0]["silenced"] == "按各月均价的平均计算"


def test_the_json_fits_its_schema() -> None:
    from jsonschema import Draft202012Validator

    Draft202012Validator.check_schema(SCHEMA)
    data = json.loads(as_json(sift(check(read(TEXT)), [])))
    assert data
    Draft202012Validator(SCHEMA).validate(data)
