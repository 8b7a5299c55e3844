"""Cells: every value comes back; a changed bit, another column, another index or a lost key does not open."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anju.kernel.crypto import bulk, cells
from anju.kernel.crypto.cells import Column
from anju.kernel.crypto.keyring import KeyRing
from anju.kernel.crypto.kinds import KINDS
from anju.kernel.errors import AnjuError

RING = KeyRing.fresh()
ID = Column("housing_member.resident_id", KINDS["resident_id"])
ADDRESS = Column("housing_member.address", KINDS["address"], indexed=False)
NUMBER = "99012119900101001X"
texts = st.text(max_size=60)


@given(texts)
def test_every_value_comes_back(value: str) -> None:
    for column in (ID, ADDRESS):
        assert cells.unseal(RING, column, cells.seal(RING, column, value)) == value


@given(st.lists(st.none() | texts | st.sampled_from([NUMBER, "13800138000", ""]), max_size=60))
def test_many_at_once_are_the_same_as_one_by_one(values: list[str | None]) -> None:
    values = values + values[:20] * 3  # equal lengths meet
    for column in (ID, ADDRESS):
        sealed = bulk.seal_many(RING, column, values)
        assert [None if cell is None else cells.unseal(RING, column, cell) for cell in sealed] == values
        assert bulk.unseal_many(RING, column, [None if v is None else cells.seal(RING, column, v) for v in values]) == values


def test_two_cells_of_one_value_differ_and_carry_one_index() -> None:
    one, other = cells.seal(RING, ID, NUMBER), cells.seal(RING, ID, NUMBER.lower())
    assert one != other
    assert cells.index_in(one) == cells.index_in(other) != b""
    assert NUMBER.encode() not in one


@pytest.mark.parametrize("many", [False, True])
@given(place=st.integers(min_value=0), bit=st.integers(0, 7))
def test_every_changed_bit_is_noticed(many: bool, place: int, bit: int) -> None:
    cell = bytearray(cells.seal(RING, ID, NUMBER))
    cell[place % len(cell)] ^= 1 << bit
    good = [cells.seal(RING, ID, NUMBER) for _ in range(20 if many else 0)]
    with pytest.raises(AnjuError, match=r"crypto\.(altered|key_lost)"):
        bulk.unseal_many(RING, ID, [*good, bytes(cell)])


def test_a_cell_moved_to_another_column_does_not_open() -> None:
    cell = cells.seal(RING, ID, NUMBER)
    for elsewhere in (Column("housing_member.spouse_id", ID.kind), Column("market_buyer.resident_id", ID.kind)):
        with pytest.raises(AnjuError, match=r"crypto\.altered"):
            cells.unseal(RING, elsewhere, cell)


def test_a_cell_with_somebody_elses_index_does_not_open() -> None:
    one, other = cells.seal(RING, ID, NUMBER), cells.seal(RING, ID, "990121199001010028")
    with pytest.raises(AnjuError, match=r"crypto\.altered"):
        cells.unseal(RING, ID, one[:3] + cells.index_in(other) + one[3 + len(cells.index_in(other)) :])


@pytest.mark.parametrize("cell", [b"", b"\x01", b"\x09" + bytes(60), b"\x01\x00\x01" + bytes(20)])
def test_what_is_no_cell_does_not_open(cell: bytes) -> None:
    with pytest.raises(AnjuError, match=r"crypto\.altered"):
        cells.unseal(RING, ID, cell)


def test_older_versions_read_and_the_newest_writes() -> None:
    before = cells.seal(RING, ID, NUMBER)
    renewed = RING.rotated(2)
    after = cells.seal(renewed, ID, NUMBER)
    assert (cells.version_of(before), cells.version_of(after)) == (1, 2)
    assert cells.index_in(before) == cells.index_in(after)
    assert cells.unseal(renewed, ID, before) == cells.unseal(renewed, ID, after) == NUMBER
    assert bulk.unseal_many(renewed, ID, [before, after] * 20) == [NUMBER] * 40
    lost = dataclasses.replace(renewed, keys={2: renewed.keys[2]})
    with pytest.raises(AnjuError, match=r"第1版数据密钥.*crypto\.key_lost"):
        cells.unseal(lost, ID, before)


def test_too_long_a_value_is_refused() -> None:
    for seal in (lambda value: cells.seal(RING, ADDRESS, value), lambda value: bulk.seal_many(RING, ADDRESS, [value] * 20)):
        with pytest.raises(AnjuError, match=r"crypto\.too_long"):
            seal("长" * 501)
