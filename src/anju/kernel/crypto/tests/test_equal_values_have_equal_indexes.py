"""The blind index: equal after normalising, apart otherwise, and nothing without the key."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anju.kernel.crypto.blind import BYTES, index_many, index_of
from anju.kernel.crypto.keyring import KeyRing
from anju.kernel.crypto.kinds import KINDS

RING = KeyRing.fresh()


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        ("resident_id", "11010519491231002X", "１１０１０５１９４９１２３１００２ｘ"),
        ("resident_id", "11010519491231002X", "110105 19491231 002x"),
        ("resident_id", "11010519491231002X", "110105491231002"),
        ("phone", "13800138000", "+86 138-0013-8000"),
        ("bank_account", "6222021234567890128", "6222 0212 3456 7890 128"),
        ("name", "王 例明", "王例明"),
        ("address", "东原县例山路１号", "东原县 例山路1号"),
    ],
)
def test_one_value_however_written_has_one_index(kind: str, one: str, other: str) -> None:
    assert index_of(RING, KINDS[kind], one) == index_of(RING, KINDS[kind], other)


@given(st.lists(st.text(max_size=20), min_size=1, max_size=30))
def test_indexes_are_equal_exactly_when_normalised_values_are(values: list[str]) -> None:
    kind = KINDS["name"]
    made = index_many(RING, kind, values)
    assert all(len(index) == BYTES for index in made)
    assert len(set(made)) == len({kind.normalise(value) for value in values})


def test_kinds_and_installations_never_meet() -> None:
    assert index_of(RING, KINDS["phone"], "13800138000") != index_of(RING, KINDS["bank_account"], "13800138000")
    assert index_of(RING, KINDS["phone"], "13800138000") != index_of(KeyRing.fresh(), KINDS["phone"], "13800138000")


def test_a_new_key_version_keeps_the_index() -> None:
    assert index_of(RING, KINDS["phone"], "13800138000") == index_of(RING.rotated(7), KINDS["phone"], "13800138000")
