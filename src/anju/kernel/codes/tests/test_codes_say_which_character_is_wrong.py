"""GB 11643 and GB 32100: the samples of the standards pass, and a slip is named by its place."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anju.kernel.codes import credit_code, resident_id, telephone

TODAY = datetime.date(2023, 6, 30)


@pytest.mark.parametrize("number", ["11010519491231002X", "440106200002290016"])
def test_sample_resident_ids_pass(number: str) -> None:
    assert resident_id.fault(number, TODAY) is None


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("440524188001010014", "第7至14位"),
        ("440106200102290013", "第7至14位“20010229”不是一个日期"),
        ("110105194912310021", "第18位校验码是“1”，按前17位算应为“X”"),
        ("1101051949123100", "现有16位"),
        ("11010519491231O02X", "第15位“O”不是数字"),
        ("98010519491231002X", "第1至2位“98”"),
        ("11010519491231002Y", "第18位“Y”"),
        ("110105202307010013", "不是可能的出生日期"),
    ],
)
def test_a_slip_in_a_resident_id_is_named(number: str, said: str) -> None:
    found = resident_id.fault(number, TODAY)
    assert found is not None
    assert said in found.what


def test_old_and_full_width_forms_are_brought_into_shape() -> None:
    assert resident_id.normalise("110105491231002") == "11010519491231002X"
    assert resident_id.normalise(" １１０１０５１９４９１２３１００２ｘ ") == "11010519491231002X"


@given(st.dates(datetime.date(1900, 1, 1), TODAY), st.integers(0, 999), st.integers(0, 16), st.integers(1, 9))
def test_any_single_digit_slip_is_found(born: datetime.date, sequence: int, place: int, shift: int) -> None:
    body = f"110105{born:%Y%m%d}{sequence:03d}"
    number = body + resident_id.check_character(body)
    assert resident_id.fault(number, TODAY) is None
    slipped = number[:place] + str((int(number[place]) + shift) % 10) + number[place + 1 :]
    assert resident_id.fault(slipped, TODAY) is not None


@pytest.mark.parametrize(
    "code", ["91350100M000100Y43", "91440106MA0QQQQ172", "91440106MA0TTTT21Y", "91440106MA0QQ01840", "11440106MB0AAAA13T"]
)
def test_sample_credit_codes_pass(code: str) -> None:
    assert credit_code.fault(code) is None


def test_a_slip_in_a_credit_code_is_named() -> None:
    wrong_check = credit_code.fault("91350211M0000XUF46")
    assert wrong_check is not None
    assert "应为“R”" in wrong_check.what
    assert not wrong_check.certain
    letter = credit_code.fault("9135O100M000100Y43")
    assert letter is not None
    assert letter.what.startswith("第5位“O”")
    assert letter.certain


@pytest.mark.parametrize(
    ("written", "kept", "good"),
    [
        ("138 0013 8000", "13800138000", True),
        ("+86-13800138000", "13800138000", True),
        ("0571-88886666", "0571-88886666", True),
        ("12800138000", "12800138000", False),
        ("1380013800", "1380013800", False),
    ],
)
def test_telephones(written: str, kept: str, good: bool) -> None:
    assert telephone.normalise(written) == kept
    assert (telephone.fault(kept) is None) is good


def test_masks_hide_the_middle() -> None:
    assert resident_id.mask("11010519491231002X") == "110105********002X"
    assert telephone.mask("13800138000") == "138****8000"
