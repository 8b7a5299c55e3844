"""Masks by kind, and a value that shows nothing but its mask unless it is asked for in full."""

from __future__ import annotations

import json
import logging

import pytest

from anju.kernel.crypto.kinds import mask
from anju.kernel.crypto.personal import Personal


@pytest.mark.parametrize(
    ("kind", "value", "shown"),
    [
        ("resident_id", "11010519491231002X", "110105********002X"),  # 前6后4
        ("phone", "13800138000", "138****8000"),
        ("phone", "0555-2345678", "********5678"),
        ("bank_account", "6222021234567890128", "***************0128"),
        ("bank_account", "12345678", "********"),
        ("name", "王例明", "王**"),
        ("name", "欧阳例明", "欧阳**"),
        ("name", "王", "王*"),
        ("name", "欧阳", "欧*"),
        ("address", "例山省云川市东原县例关镇例山路1号2幢301室", "例山省云川市东原县例关镇****"),
        ("address", "例山路1号2幢301室", "****"),
        ("certificate", "G12345678", "*****5678"),
        ("certificate", "12345678", "****"),
    ],
)
def test_the_mask_of_each_kind(kind: str, value: str, shown: str) -> None:
    assert mask(kind, value) == shown


def test_a_personal_value_never_prints_itself(caplog: pytest.LogCaptureFixture) -> None:
    number = Personal("resident_id", "11010519491231002X")
    logging.getLogger("anju").warning("checked %s %r", number, number)
    seen = [str(number), repr(number), f"{number}", f"{number:>30}", f"{number}", str([number]), caplog.text]
    assert not any("19491231" in text for text in seen)
    with pytest.raises(TypeError):
        json.dumps(number)
    assert number.in_full == "11010519491231002X"


def test_values_compare_by_what_they_mean() -> None:
    number = Personal("resident_id", "11010519491231002X")
    assert number == "11010519491231002x"
    assert number == Personal("resident_id", "110105491231002")
    assert number != Personal("certificate", "11010519491231002X")
    assert len({number, Personal("resident_id", "11010519491231002x")}) == 1
