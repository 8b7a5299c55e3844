"""Seal entries, changes and bulk inserts into Merkle blocks that form a chain."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from itertools import islice

from django.db import connection, transaction
from django.utils import timezone

from anju.kernel.access.scope import Scope, using_scope
from anju.kernel.errors import AnjuError
from anju.kernel.journal.header import FIRST, header_hash
from anju.kernel.journal.leaves import BEGINNING, ENTRY, Position, horizon, leaves, pack
from anju.kernel.journal.merkle import leaf_hash, root, sm3
from anju.kernel.journal.models import Block
from anju.kernel.journal.roots import append_roots

BLOCK_LEAVES = 65_536
_LOCK = 7262103


def seal(block_leaves: int = BLOCK_LEAVES) -> list[Block]:
    """Seal every entry and change whose transaction, and every one before it, has ended. Returns the new blocks, oldest first.

    Two at once wait for each other; the second finds nothing left. A backlog becomes blocks of at most `block_leaves`.
    Raises AnjuError `journal.transactions_went_back` on a database restored from a dump into a younger server.
    """
    with using_scope(Scope.system()):
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
            made = list(_new_blocks(Block.objects.defer("leaves", "keys").order_by("-number").first(), block_leaves))
        # After the commit, and every block the file lacks: a crash between the two is made good here the next time.
        append_roots((number, hashed, at.isoformat()) for number, hashed, at in Block.objects.values_list("number", "hash", "sealed_at"))
    return made


def _new_blocks(last: Block | None, block_leaves: int) -> Iterator[Block]:
    start = BEGINNING if last is None else last.ends_before
    end = horizon()
    if end < start:
        raise AnjuError.of(
            "journal.transactions_went_back",
            "数据库的事务号小于已封存的事务号：它是从转储文件恢复到新服务器的。",
            advice="请用物理备份恢复，或先用 pg_resetwal --next-transaction-id 调高事务号。",
        )
    run = ((leaf.position, leaf_hash(leaf.text.encode())) for leaf in leaves(start, end))  # texts are large, hashes may wait together
    ahead = next(run, None)
    while ahead is not None:
        taken = [ahead, *islice(run, block_leaves - 1)]
        ahead = next(run, None)
        last = _block(last, taken, start, end if ahead is None else ahead[0])
        start = last.ends_before
        yield last


def _block(previous: Block | None, taken: list[tuple[Position, bytes]], start: Position, until: Position) -> Block:
    hashes = [hashed for _, hashed in taken]
    keys = pack([position for position, _ in taken])
    entries = sum(position.kind == ENTRY for position, _ in taken)
    block = Block(
        number=1 if previous is None else previous.number + 1,
        previous=FIRST if previous is None else previous.hash,
        root=root(hashes).hex(),
        keys_hash=sm3(keys).hex(),
        entries=entries,
        changes=len(taken) - entries,
        start=list(start),
        until=list(until),
        sealed_at=_now(),
        leaves=b"".join(hashes),
        keys=keys,
    )
    block.hash = header_hash(block.header())
    block.save(force_insert=True)
    return block


def _now() -> datetime.datetime:
    return timezone.now().replace(microsecond=0)
