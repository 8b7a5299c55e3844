"""The JSON form of *read* has exactly the documented keys and meanings."""

from anju.kernel.reading.form import KEYS, as_data
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
