"""Proof that one entry was sealed: exported from the database, checked without it."""

from __future__ import annotations

from typing import Any

from anju.kernel.errors import AnjuError
from anju.kernel.journal.header import header_hash
from anju.kernel.journal.merkle import DIGEST_BYTES, climb, leaf_hash, siblings

FORMAT = "anju-journal-proof-1"


def export_proof(entry_id: int) -> dict[str, Any]:
    """The entry's leaf, its way to the root of its block, and the headers from that block to the newest, as JSON-able data.

    `chain`: headers, oldest first; the first is the entry's block, each next one names the hash of the one before.
    Raises AnjuError `journal.unknown_entry`, `journal.not_sealed`, `journal.row_edited`.
    """
    from django.db import transaction

    from anju.kernel.access.scope import Scope, using_scope
    from anju.kernel.journal.leaves import ENTRY, Position, leaves, unpack
    from anju.kernel.journal.models import Block, Entry

    with using_scope(Scope.system()), transaction.atomic():
        entry = Entry.objects.filter(pk=entry_id).first()
        if entry is None:
            raise AnjuError.of("journal.unknown_entry", f"没有动作 {entry_id}。")
        position = Position(entry.transaction, ENTRY, entry.pk)
        block = _block_of(position)
        leaf = next(leaves(position, Position(entry.transaction, ENTRY, entry.pk + 1)))
        positions = unpack(bytes(block.keys))
        packed = bytes(block.leaves)
        hashes = [packed[i : i + DIGEST_BYTES] for i in range(0, len(packed), DIGEST_BYTES)]
        if position not in positions or hashes[positions.index(position)] != leaf_hash(leaf.text.encode()):
            raise AnjuError.of(
                "journal.row_edited", f"动作 {entry_id} 在封存之后被改动，无法出具证明。", advice="请运行 anju journal verify。"
            )
        index = positions.index(position)
        later = Block.objects.defer("leaves", "keys").filter(number__gte=block.number).order_by("number")
        chain = [each.header() for each in later]
    return {
        "format": FORMAT,
        "entry": entry_id,
        "leaf": leaf.text,
        "index": index,
        "size": len(hashes),
        "siblings": [each.hex() for each in siblings(hashes, index)],
        "chain": chain,
        "tip": header_hash(chain[-1]),
    }


def verify_proof(proof: dict[str, Any], *, tip: str | None = None) -> bool:
    """True when the leaf lies under the root of the first header and the headers chain up to the tip.

    `tip`: a block hash known from elsewhere (a line of journal-roots.jsonl); without it the proof is only checked in itself.
    Raises KeyError, TypeError or ValueError when this is not a proof at all.
    """
    if proof["format"] != FORMAT:
        raise ValueError(f"unknown format {proof['format']!r}")
    chain = proof["chain"]
    reached = climb(
        leaf_hash(proof["leaf"].encode()), proof["index"], proof["size"], [bytes.fromhex(sibling) for sibling in proof["siblings"]]
    )
    if reached is None or reached.hex() != chain[0]["root"] or proof["size"] != chain[0]["entries"] + chain[0]["changes"]:
        return False
    hashes = [header_hash(header) for header in chain]
    linked = all(header["previous"] == before for header, before in zip(chain[1:], hashes, strict=False))
    return linked and hashes[-1] == proof["tip"] and (tip is None or tip in hashes)


def _block_of(position: Any) -> Any:
    from anju.kernel.journal.leaves import Position
    from anju.kernel.journal.models import Block

    # Blocks are few and their bounds lie in JSON: a search by halves over the numbers reads a handful of them.
    low, high = 1, Block.objects.order_by("-number").values_list("number", flat=True).first() or 0
    while low < high:
        middle = (low + high) // 2
        if Position(*Block.objects.values_list("until", flat=True).get(number=middle)) > position:
            high = middle
        else:
            low = middle + 1
    block = Block.objects.filter(number=low).first()
    if block is None or not Position(*block.start) <= position < block.ends_before:
        raise AnjuError.of("journal.not_sealed", f"动作 {position.id} 尚未封存。", advice="封存每几分钟进行一次，请稍后再试。")
    return block
