"""An inclusion proof leaves the house as JSON and holds on its own."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anju.kernel.errors import AnjuError
from anju.kernel.journal.merkle import climb, leaf_hash, root, siblings, sm3
from anju.kernel.journal.models import Block
from anju.kernel.journal.proof import export_proof, verify_proof
from anju.kernel.journal.sealing import seal
from anju.kernel.journal.tests.conftest import Tamper
from anju.kernel.journal.tests.history import add_region, entry_of

_ALONE = """
import json, sys
from anju.kernel.journal.proof import verify_proof
assert verify_proof(json.load(sys.stdin))
assert "django" not in sys.modules
"""


def test_a_proof_holds_up_to_the_newest_block(history: str) -> None:
    number = entry_of("97").pk
    add_region("95")
    seal()
    proof = json.loads(json.dumps(export_proof(number)))
    assert verify_proof(proof)
    assert [header["number"] for header in proof["chain"]] == [1, 2]
    assert verify_proof(proof, tip=Block.objects.get(number=2).hash)
    assert not verify_proof(proof, tip="0" * 64)
    subprocess.run([sys.executable, "-c", _ALONE], input=json.dumps(proof), text=True, check=True, env={})


def test_a_falsified_proof_does_not_hold(history: str) -> None:
    proof = export_proof(entry_of("97").pk)
    for falsified in (
        {"leaf": proof["leaf"].replace("测试", "别人")},
        {"index": proof["index"] + 1},
        {"size": proof["size"] - 1},
        {"siblings": proof["siblings"][:-1]},
        {"siblings": ["00" * 32, *proof["siblings"][1:]]},
        {"chain": [{**proof["chain"][0], "sealed_at": "2020-01-01T00:00:00+00:00"}]},
        {"tip": "0" * 64},
    ):
        assert not verify_proof({**proof, **falsified}), falsified.keys()


def test_an_edited_entry_gets_no_proof(history: str, tamper: Tamper) -> None:
    number = entry_of("97").pk
    tamper("UPDATE journal_entry SET reason = '编造' WHERE id = %s", number)
    with pytest.raises(AnjuError, match="journal.row_edited"):
        export_proof(number)


@pytest.mark.parametrize("size", [1, 7, 40])
def test_proofs_hold_across_many_blocks(new_house: str, size: int) -> None:
    seal()
    numbers = [add_region(code) for code in ("94", "95", "96", "97")]
    seal(block_leaves=size)
    assert all(verify_proof(export_proof(number)) for number in numbers)


def test_sm3_is_the_standards(db: None) -> None:
    """GB/T 32905-2016, appendix A.1."""
    assert sm3(b"abc").hex() == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"


@given(st.lists(st.binary(max_size=8), min_size=1, max_size=70), st.data())
def test_every_leaf_climbs_to_the_root_and_no_other_does(contents: list[bytes], data: st.DataObject) -> None:
    hashes = [leaf_hash(content) for content in contents]
    index = data.draw(st.integers(0, len(hashes) - 1))
    path = siblings(hashes, index)
    assert climb(hashes[index], index, len(hashes), path) == root(hashes)
    assert climb(leaf_hash(b"not among them"), index, len(hashes), path) != root(hashes)
    assert climb(hashes[index], index, len(hashes), [*path, path[0] if path else b""]) is None
