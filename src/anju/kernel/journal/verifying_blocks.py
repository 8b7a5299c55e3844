"""Sealed blocks: the chain, the file of roots, and every leaf against the row it was taken from."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from itertools import pairwise

from anju.kernel.errors import AnjuError
from anju.kernel.journal.findings import Findings
from anju.kernel.journal.header import FIRST, header_hash
from anju.kernel.journal.leaves import BEGINNING, BULK, ENTRY, Leaf, Position, leaves, unpack
from anju.kernel.journal.merkle import DIGEST_BYTES, leaf_hash, root, sm3
from anju.kernel.journal.models import Block
from anju.kernel.journal.roots import known_roots, roots_file


def check_blocks(findings: Findings, progress: Callable[[str], None]) -> None:
    """The chain first, then one pass over all sealed rows, streamed."""
    hashes = _check_chain(findings)
    progress(f"封存块 {len(hashes)} 个")
    _check_roots(findings, hashes)
    checked = _check_leaves(findings)
    progress(f"封存行 {checked} 行")


def _check_chain(findings: Findings) -> dict[int, str]:
    hashes: dict[int, str] = {}
    number, previous, start = 0, FIRST, list(BEGINNING)
    for block in Block.objects.order_by("number").iterator(chunk_size=20):
        where = f"封存块 {block.number}"
        if block.number != number + 1:
            findings.add("block_missing", f"封存块 {number + 1}", f"缺少封存块 {number + 1} 至 {block.number - 1}。")
        elif block.previous != previous:
            findings.add("chain_broken", where, "所记上一块的哈希与上一块不符。")
        elif block.start != start:
            findings.add("chain_broken", where, "起点与上一块的终点不相接。")
        _check_block(findings, block, where)
        number, previous, start = block.number, block.hash, block.until
        hashes[number] = block.hash
    return hashes


def _check_block(findings: Findings, block: Block, where: str) -> None:
    packed, keys = bytes(block.leaves), bytes(block.keys)
    hashes = [packed[i : i + DIGEST_BYTES] for i in range(0, len(packed), DIGEST_BYTES)]
    positions = unpack(keys) if len(keys) % 17 == 0 else []
    if header_hash(block.header()) != block.hash:
        findings.add("block_edited", where, "块头与其哈希不符，块头被改动。")
    if not hashes or len(packed) % DIGEST_BYTES or root(hashes).hex() != block.root:
        findings.add("block_edited", where, "叶哈希与默克尔根不符，叶哈希被改动。")
    if sm3(keys).hex() != block.keys_hash or len(positions) != len(hashes) or len(hashes) != block.entries + block.changes:
        findings.add("block_edited", where, "行位置表与块头不符，被改动。")
    elif any(first >= second for first, second in pairwise(positions)):
        findings.add("block_edited", where, "行的次序被改动。")


def _check_roots(findings: Findings, hashes: dict[int, str]) -> None:
    try:
        known = known_roots()
    except AnjuError as error:
        for problem in error.problems:
            findings.add(problem.code.removeprefix("journal."), problem.where, problem.what)
        return
    if hashes and not known:
        findings.add("roots_missing", str(roots_file()), "没有本库封存块的记录：文件丢失，或换了数据目录。")
        return
    for number, hashed in sorted(known.items()):
        if number not in hashes:
            findings.add("block_missing", f"封存块 {number}", "日志根文件记有此块，数据库中没有。")
        elif hashes[number] != hashed:
            findings.add("block_rewritten", f"封存块 {number}", "哈希与日志根文件所记不符：此块被重写。")


def _check_leaves(findings: Findings) -> int:
    last = Block.objects.defer("leaves", "keys").order_by("-number").first()
    if last is None:
        return 0
    rows = leaves(BEGINNING, last.ends_before)
    row, checked = next(rows, None), 0
    for position, hashed in _sealed():
        while row is not None and row.position < position:
            findings.add("row_inserted", _name(row.position, row.text), "封存之后插入的行，不在任何封存块中。")
            row = next(rows, None)
        if row is None or row.position > position:
            findings.add("row_removed", _name(position), "已封存的行被删除。")
            continue
        if leaf_hash(row.text.encode()) != hashed:
            findings.add("row_edited", _name(position, row.text), "已封存的行被改动。")
        row = next(rows, None)
        checked += 1
    _rest_is_inserted(findings, row, rows)
    return checked


def _rest_is_inserted(findings: Findings, row: Leaf | None, rows: Iterator[Leaf]) -> None:
    while row is not None and not findings.full("row_inserted"):
        findings.add("row_inserted", _name(row.position, row.text), "封存之后插入的行，不在任何封存块中。")
        row = next(rows, None)


def _sealed() -> Iterator[tuple[Position, bytes]]:
    for block in Block.objects.order_by("number").iterator(chunk_size=5):
        packed = bytes(block.leaves)
        for index, position in enumerate(unpack(bytes(block.keys))):
            yield position, packed[index * DIGEST_BYTES : (index + 1) * DIGEST_BYTES]


def _name(position: Position, text: str = "") -> str:
    if position.kind == ENTRY:
        return f"动作 {position.id}"
    kind = "批量新增" if position.kind == BULK else "变更"
    if not text:
        return f"{kind} {position.id}（事务 {position.transaction}）"
    row, _ = json.JSONDecoder().raw_decode(text, 1)
    if position.kind == BULK:
        return f"批量新增 {position.id}（{row['table']} 第{row['row_first']}至{row['row_last']}行，共{row['rows']}行）"
    return f"变更 {position.id}（{row['table']}:{row['row']}）"
