"""ID-01: all vectors of the domain notes on housing, section 7, and of the permit numbers in those on construction, 1.12."""

from __future__ import annotations

import datetime

import pytest

from anju.kernel.codes import (
    bank_line,
    construction_permit,
    credit_code,
    document_number,
    identity_document,
    organisation_code,
    project_code,
    region_code,
    resident_id,
    telephone,
    unit_code,
)
from anju.kernel.codes.bank_account import AccountKind, fault, follows_luhn, luhn_sum

TODAY = datetime.date(2026, 6, 30)


@pytest.mark.parametrize(
    ("body", "total", "rest", "check"),
    [
        ("11010519491231002", 167, 2, "X"),
        ("44052418800101001", 195, 8, "4"),
        ("44010620000229001", 182, 6, "6"),
        ("44010620010229001", 185, 9, "3"),
    ],
)
def test_resident_id_check_characters(body: str, total: int, rest: int, check: str) -> None:
    assert sum(int(digit) * weight for digit, weight in zip(body, resident_id.WEIGHTS, strict=True)) == total
    assert total % 11 == rest
    assert resident_id.check_character(body) == check


@pytest.mark.parametrize(
    ("body", "total", "rest", "check"),
    [
        ("91350100M000100Y4", 1640, 28, "3"),
        ("91440106MA0QQQQ17", 2540, 29, "2"),
        ("91440106MA0TTTT21", 2512, 1, "Y"),
        ("91440106MA0QQ0184", 1860, 0, "0"),
        ("11440106MB0AAAA13", 1679, 5, "T"),
    ],
)
def test_credit_code_check_characters_and_id_03_the_boundaries(body: str, total: int, rest: int, check: str) -> None:
    found = sum(credit_code.ALPHABET.index(c) * weight for c, weight in zip(body, credit_code.WEIGHTS, strict=True))
    assert (found, found % 31) == (total, rest)
    assert credit_code.check_character(body) == check
    assert credit_code.fault(body + check) is None


@pytest.mark.parametrize(("code", "good"), [("M000100Y4", True), ("MA0QQQQ17", True), ("M000100Y5", False), ("M000100Y", False)])
def test_organisation_codes(code: str, good: bool) -> None:
    assert (organisation_code.fault(code) is None) is good


@pytest.mark.parametrize(
    ("code", "form"),
    [
        ("2019-440106-70-03-012345", "old"),
        ("2105-440106-04-01-123456", "new"),
        ("2011-440106-04-01-123456", "new"),
        ("2113-440106-04-01-123456", None),
        ("2013-440106-70-03-012345", None),
    ],
)
def test_project_codes(code: str, form: str | None) -> None:
    assert project_code.form(code) == form
    assert (project_code.fault(code) is None) is (form is not None)


@pytest.mark.parametrize(
    ("number", "total", "good"),
    [("79927398713", 70, True), ("6222021234567890128", 80, True), ("6222021234567890127", 79, False), ("6217000000000000004", 20, True)],
)
def test_luhn(number: str, total: int, good: bool) -> None:
    assert luhn_sum(number) == total
    assert follows_luhn(number) is good


def test_id_04_luhn_is_not_applied_to_corporate_accounts() -> None:
    number = "6222021234567890127"
    assert fault(number, AccountKind.CORPORATE) is None
    assert fault(number, AccountKind.SUPERVISED) is None
    card, passbook = fault(number, AccountKind.PERSONAL_CARD), fault(number, AccountKind.PASSBOOK)
    assert card is not None
    assert passbook is not None
    assert (card.certain, passbook.certain) == (True, False)
    assert "应为“8”" in card.what


@pytest.mark.parametrize(
    ("code", "good"),
    [
        ("440106001002GB00003F00010001", True),
        ("440106 001002 GB00003 F00010001", True),
        ("440106001002GB00003W00000000", True),
        ("440106001002GB00003F0001000", False),
        ("440106001002KB00003F00010001", False),
        ("440106001002GB00003W00000001", False),
    ],
)
def test_unit_codes(code: str, good: bool) -> None:
    assert (unit_code.fault(unit_code.normalise(code)) is None) is good


@pytest.mark.parametrize(
    ("number", "good"),
    [
        ("411081 20231001 01 01", True),
        ("411081202310010101S", True),
        ("411081202310010101J12", True),
        ("411081202313010101", False),
        ("411081202310010120", False),
        ("41108120231001010", False),
        ("411081202310010101-SS", False),
        ("981081202310010101", False),
    ],
)
def test_construction_permit_numbers(number: str, good: bool) -> None:
    assert (construction_permit.fault(construction_permit.normalise(number), TODAY) is None) is good


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("440000", "44"),
        ("440100", "4401"),
        ("440106", "440106"),
        ("441900", "4419"),
        ("４４０１０６００１", "440106001"),
        ("440106001000", "440106001"),
    ],
)
def test_region_codes(written: str, kept: str) -> None:
    assert region_code.normalise(written) == kept
    assert region_code.fault(kept) is None
    assert kept.startswith(region_code.parent(kept))


@pytest.mark.parametrize(
    ("number", "good"), [("13800138000", True), ("12800138000", False), ("1380013800", False), ("+86 138 0013 8000", True)]
)
def test_mobiles(number: str, good: bool) -> None:
    assert (telephone.fault(telephone.normalise(number)) is None) is good


@pytest.mark.parametrize(
    "written", ["示例房发[2023]12号", "示例房发(2023)12号", "示例房发（２０２３）12号", "示例房发【2023】 12号", "示例房发〔2023〕12号"]
)
def test_document_numbers_are_written_one_way(written: str) -> None:
    kept = document_number.normalise(written)
    assert kept == "示例房发〔2023〕12号"
    assert document_number.fault(kept) is None
    assert document_number.parse(kept) == document_number.DocumentNumber("示例房发", 2023, "12")


@pytest.mark.parametrize(("number", "good"), [("102100099996", True), ("10210009999", False), ("10210009999X", False)])
def test_bank_line_numbers(number: str, good: bool) -> None:
    assert (bank_line.fault(number) is None) is good


@pytest.mark.parametrize(
    ("paper", "number", "good"),
    [
        ("resident_id", "110105491231002", True),
        ("residence_permit", "810000199001010018", False),
        ("passport", "E12345678", True),
        ("passport", "E1", False),
        ("hk_macao_permit", "H1234567801", True),
        ("hk_macao_permit", "A12345678", False),
        ("taiwan_permit", "12345678", True),
        ("permanent_residence", "USA123456789012", True),
        ("household_booklet", "123456789", True),
        ("other", "军字某号", True),
        ("credit_code", "91440106MA0QQ01840", True),
    ],
)
def test_other_papers_by_their_shape(paper: str, number: str, good: bool) -> None:
    assert (identity_document.fault(paper, identity_document.normalise(paper, number), TODAY) is None) is good
