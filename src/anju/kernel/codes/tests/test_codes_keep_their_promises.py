"""ID-02, ID-05, ID-07 and the naming of the wrong character, for any code."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anju.kernel.codes import (
    construction_permit,
    credit_code,
    document_number,
    identity_document,
    project_code,
    region_code,
    resident_id,
    unit_code,
)
from anju.kernel.codes.bank_account import AccountKind, fault, mask, normalise

TODAY = datetime.date(2026, 6, 30)
digits = st.text("0123456789", min_size=1)
WIDE = str.maketrans("0123456789", "０１２３４５６７８９")


@given(st.dates(datetime.date(1900, 1, 1), datetime.date(1999, 12, 31)), st.integers(0, 999))
def test_id_02_fifteen_digits_become_eighteen_exactly_and_eighteen_stay(born: datetime.date, sequence: int) -> None:
    old = f"110105{born:%y%m%d}{sequence:03d}"
    made = resident_id.normalise(old)
    assert len(made) == 18
    assert made[:6] + made[8:17] == old
    assert made[6:8] == "19"
    assert resident_id.fault(made, TODAY) is None
    assert resident_id.normalise(made) == made
    assert resident_id.birth_date(made) == born


@given(st.from_regex(r"[0-9]{4}-[0-9]{6}-[0-9]{2}-[0-9]{2}-[0-9]{6}", fullmatch=True))
def test_id_07_old_and_new_project_codes_never_both_match(code: str) -> None:
    assert not (project_code.NEW.fullmatch(code) and project_code.OLD.fullmatch(code))
    assert (project_code.fault(code) is None) == (project_code.form(code) is not None)


@pytest.mark.parametrize(
    ("module", "written", "kept"),
    [
        (unit_code, " 440106 001002 gb00003 f00010001 ", "440106001002GB00003F00010001"),
        (project_code, "２１０５—４４０１０６—０４—０１—１２３４５６", "2105-440106-04-01-123456"),
        (project_code, "21054401060401123456", "2105-440106-04-01-123456"),
        (credit_code, "91440106ma0qq01840 ", "91440106MA0QQ01840"),
        (construction_permit, "411081-20231001-01-01s", "411081202310010101S"),
    ],
)
def test_id_05_codes_are_brought_into_one_shape_before_they_are_compared(module: object, written: str, kept: str) -> None:
    assert module.normalise(written) == kept  # type: ignore[attr-defined]
    assert module.normalise(kept) == kept  # type: ignore[attr-defined]


@given(st.text(max_size=60))
def test_normalising_twice_is_once_and_no_text_breaks_a_check(text: str) -> None:
    for module in (unit_code, project_code, region_code, document_number, credit_code):
        kept = module.normalise(text)
        assert module.normalise(kept) == kept
        module.fault(kept)
    construction_permit.fault(construction_permit.normalise(text), TODAY)
    for paper in identity_document.PAPERS:
        identity_document.fault(paper, identity_document.normalise(paper, text), TODAY)
    for kind in AccountKind:
        fault(normalise(text), kind)


@given(st.text("0123456789", min_size=15, max_size=18), st.integers(0, 17), st.integers(1, 9))
def test_a_single_wrong_digit_of_a_card_is_found(body: str, place: int, shift: int) -> None:
    number = next(body + check for check in "0123456789" if fault(body + check, AccountKind.PERSONAL_CARD) is None)
    assert normalise(number.translate(WIDE)) == number
    place = min(place, len(number) - 1)
    slipped = number[:place] + str((int(number[place]) + shift) % 10) + number[place + 1 :]
    assert fault(slipped, AccountKind.PERSONAL_CARD) is not None
    assert mask(number).endswith(number[-4:])
    assert set(mask(number)[:-4]) == {"*"}


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (unit_code.fault("440106001002KB00003F00010001"), "第13位“K”不是土地所有权类型"),
        (unit_code.fault("44010600100OGB00003F00010001"), "第12位“O”应为数字"),
        (unit_code.fault("440106001002GB000O3F00010001"), "第18位“O”应为数字"),
        (unit_code.fault("440106001002GB00003F0001"), "现有24位"),
        (project_code.fault("2113-440106-04-01-123456"), "第3至4位“13”不是月份"),
        (project_code.fault("2019-440106-70-04-012345"), "第13至14位“04”"),
        (project_code.fault("2105-44O106-04-01-123456"), "第7位“O”不是数字"),
        (construction_permit.fault("411081202313010101", TODAY), "第7至14位“20231301”不是一个日期"),
        (construction_permit.fault("411081202310010199", TODAY), "第17至18位“99”"),
        (construction_permit.fault("411081203010010101", TODAY), "还没有到"),
        (region_code.fault("4401O6"), "第5位“O”"),
        (region_code.fault("98"), "第1至2位“98”"),
        (document_number.fault("示例房发12号"), "没有〔年份〕"),
        (identity_document.fault("passport", "护照", TODAY), "不像护照的号码"),
    ],
)
def test_the_wrong_character_is_named(found: object, said: str) -> None:
    assert said in found.what  # type: ignore[attr-defined]
    assert found.advice.endswith("。")  # type: ignore[attr-defined]


def test_codes_explain_their_parts() -> None:
    assert [str(part) for part in unit_code.explain("440106001002GB00003F00010001")][3:] == [
        "第13至14位 GB：宗地特征码，国家土地所有权，建设用地使用权宗地（地表）",
        "第15至19位 00003：宗地顺序号",
        "第20位 F：定着物特征码，房屋等建筑物、构筑物",
        "第21至28位 00010001：定着物单元号，幢号0001，户号0001",
    ]
    assert str(resident_id.explain("11010519491231002X")[1]) == "第7至14位 19491231：出生日期，1949年12月31日"
    assert resident_id.explain("11010519491231002X")[2].meaning == "女"
    assert str(project_code.explain("2105-440106-04-01-123456")[0]) == "第1至4位 2105：赋码年月，2021年5月"
    assert project_code.explain("2019-440106-70-03-012345")[3].meaning == "备案"
    assert credit_code.explain("91440106MA0QQ01840")[0].meaning == "企业"
    assert construction_permit.explain("411081202310010101S")[-1].name == "专项副本"
    assert [part.text for part in region_code.explain("440106001")] == ["44", "01", "06", "001"]
    assert unit_code.grouped("440106001002GB00003F00010001") == "440106 001002 GB00003 F00010001"
