"""The append-only tables and the blocks that seal them."""

from __future__ import annotations

import datetime

from django.contrib.postgres.indexes import BrinIndex
from django.db import models

from anju.kernel.journal.header import Header
from anju.kernel.journal.leaves import Position


class Entry(models.Model):
    """One action: who did what to which subject, when and why. Written when the action ends; never changed."""

    id = models.BigIntegerField(primary_key=True, help_text="Drawn from journal_entry_number when the action begins.")
    parent_id = models.BigIntegerField("上级动作", null=True, help_text="The entry of the action this one was a step of.")
    transaction = models.BigIntegerField("事务号", help_text="pg_current_xact_id() of the action; ties the changes to it.")
    at = models.DateTimeField("时间", help_text="The transaction's start, UTC.")
    verb = models.CharField("动作", max_length=60, help_text="room.verb, for example ledgers.add_record.")
    actor_name = models.CharField("经办人", max_length=60)
    staff_id = models.BigIntegerField("人员", null=True, help_text="Null for the system itself.")
    region_code = models.CharField("区划", max_length=12, blank=True)
    bureau_id = models.BigIntegerField("单位", null=True)
    subject = models.CharField("对象", max_length=120, blank=True, help_text="kind:number, for example ledger_market_contract:17.")
    reason = models.TextField("理由", blank=True)
    data = models.JSONField("内容", default=dict, help_text="Parameters and outcome of the action, without personal identifiers.")
    key = models.CharField(
        "幂等键", max_length=120, null=True, unique=True, help_text="Given by the client; an action with a used key is not done again."
    )

    class Meta:
        verbose_name = "动作"
        indexes = [
            models.Index(fields=["transaction", "id"], name="entry_by_transaction"),
            models.Index(fields=["subject", "id"], name="entry_by_subject"),
            models.Index(fields=["-at"], name="entry_newest_first"),
        ]


class Change(models.Model):
    """The image of one row before and after one statement, written by a trigger. `entry_id` null: changed outside an action."""

    class Operation(models.TextChoices):
        INSERT = "I", "新增"
        UPDATE = "U", "修改"
        DELETE = "D", "删除"

    id = models.BigAutoField(primary_key=True)
    entry_id = models.BigIntegerField("动作", null=True)
    transaction = models.BigIntegerField("事务号")
    table = models.CharField("表", max_length=63)
    row = models.CharField("行", max_length=64, help_text="The primary key as text.")
    operation = models.CharField("操作", max_length=1, choices=Operation)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    region_code = models.CharField(max_length=12, blank=True, null=True)
    bureau_id = models.BigIntegerField(null=True)

    class Meta:
        verbose_name = "行变更"
        indexes = [
            # Every index is paid for on every written row of the house: these and no more.
            models.Index(fields=["row", "id"], name="change_by_row"),
            models.Index(fields=["transaction", "id"], name="change_by_transaction"),
            BrinIndex(fields=["entry_id"], autosummarize=True, pages_per_range=16, name="change_by_entry"),
        ]


class BulkChange(models.Model):
    """Rows that one statement inserted into one table, all of one region and bureau, with their images in columns.

    `images` is JSON text: column to the array of its values, the rows in one order in all of them. The numbers of the rows lie in one
    aligned stretch of STRETCH; `id` comes from the sequence of `Change`, so that all changes of a row stand in one order.
    """

    STRETCH = 512

    id = models.BigIntegerField(primary_key=True, help_text="From the sequence of journal_change.")
    entry_id = models.BigIntegerField("动作", null=True)
    transaction = models.BigIntegerField("事务号")
    table = models.CharField("表", max_length=63)
    primary_key = models.CharField(max_length=63)
    row_first = models.BigIntegerField("首行")
    row_last = models.BigIntegerField("末行")
    rows = models.PositiveIntegerField("行数")
    images = models.TextField(help_text="JSON: column to the array of its values.")
    region_code = models.CharField(max_length=12, blank=True, null=True)
    bureau_id = models.BigIntegerField(null=True)

    class Meta:
        verbose_name = "批量新增"
        db_table = "journal_bulk"
        indexes = [
            models.Index(fields=["table", "row_first"], name="bulk_by_row"),
            models.Index(fields=["transaction", "id"], name="bulk_by_transaction"),
            models.Index(fields=["entry_id", "id"], name="bulk_by_entry"),
        ]


class Tracked(models.Model):
    """A table whose changes are journaled, with the columns that never enter an image."""

    table = models.CharField(max_length=63, primary_key=True)
    primary_key = models.CharField(max_length=63)
    hidden = models.JSONField(default=list)


class Block(models.Model):
    """A run of entries and changes under one Merkle root, chained to the block before it. Never changed.

    `leaves`: the leaf hashes, 32 bytes each; `keys`: their positions, 17 bytes each. With both, a broken row can be named.
    """

    number = models.BigIntegerField(primary_key=True)
    previous = models.CharField(max_length=64)
    root = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True, help_text="SM3 of the header, hex.")
    keys_hash = models.CharField(max_length=64)
    entries = models.PositiveIntegerField("动作数")
    changes = models.PositiveIntegerField("变更数")
    start = models.JSONField(help_text="[transaction, kind, id], inclusive.")
    until = models.JSONField(help_text="[transaction, kind, id], exclusive.")
    sealed_at = models.DateTimeField("封存时间")
    leaves = models.BinaryField()
    keys = models.BinaryField()

    class Meta:
        verbose_name = "封存块"

    @property
    def ends_before(self) -> Position:
        """The position the next block begins at."""
        return Position(*self.until)

    def header(self) -> Header:
        """What the block's hash is taken over."""
        return Header(
            number=self.number,
            previous=self.previous,
            root=self.root,
            keys=self.keys_hash,
            entries=self.entries,
            changes=self.changes,
            start=self.start,
            until=self.until,
            sealed_at=self.sealed_at.astimezone(datetime.UTC).isoformat(),
        )
