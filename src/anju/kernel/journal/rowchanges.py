"""Changes row by row, whether a row's image lies in a line of its own or in a chunk of a bulk insert."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from heapq import merge
from itertools import chain, islice
from operator import attrgetter
from typing import Any

from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast

from anju.kernel.journal.models import BulkChange, Change

Image = dict[str, Any]


@dataclass(frozen=True, slots=True)
class RowChange:
    """One row before and after one statement; `before` or `after` is None for a new or removed row. Fractions in images are Decimal.

    `id`: the number of the change or of the chunk. `row`: the primary key as text. `entry_id` None: changed outside an action.
    """

    id: int
    entry_id: int | None
    table: str
    row: str
    operation: str
    before: Image | None
    after: Image | None

    @property
    def operation_label(self) -> str:
        """The operation in words."""
        return str(Change.Operation(self.operation).label)


def of_row(singles: QuerySet[Change], bulks: QuerySet[BulkChange], table: str, row: str, newest: int | None = None) -> list[RowChange]:
    """The changes of one row among these, oldest first; only the `newest` so many when given."""
    found = list(_singles(singles.filter(table=table, row=row).order_by("-id")[:newest]))
    if row.isdecimal() and len(row) < 19:  # a chunk holds numbered rows only
        number = int(row)
        first = number - number % BulkChange.STRETCH
        for bulk in bulks.filter(table=table, row_first__gte=first, row_first__lte=number, row_last__gte=number):
            found += [change for change in _expanded(bulk) if change.row == row]
    found.sort(key=attrgetter("id"))
    return found if newest is None else found[-newest:]


def in_order(singles: QuerySet[Change], bulks: QuerySet[BulkChange], offset: int, size: int) -> list[RowChange]:
    """`size` of these changes from `offset` on, in the order they were made. Only the chunks that are shown are read."""
    numbers, skip = _numbers(singles, bulks, offset, size)
    alone = {change.id: change for change in _singles(singles.filter(id__in=numbers))}
    chunks = bulks.in_bulk(numbers)
    rows = chain.from_iterable([alone[number]] if number in alone else _expanded(chunks[number]) for number in numbers)
    return list(islice(rows, skip, skip + size))


def _numbers(singles: QuerySet[Change], bulks: QuerySet[BulkChange], offset: int, size: int) -> tuple[list[int], int]:
    """The numbers of the changes and chunks that hold these rows, and how many rows of the first one come before them."""
    numbers: list[int] = []
    skip = passed = 0
    lone = ((number, 1) for number in singles.order_by("id").values_list("id", flat=True)[: offset + size])
    for number, rows in merge(lone, bulks.order_by("id").values_list("id", "rows")):
        if passed >= offset + size:
            break
        if passed + rows > offset:
            if not numbers:
                skip = offset - passed
            numbers.append(number)
        passed += rows
    return numbers, skip


def _singles(changes: QuerySet[Change]) -> Iterator[RowChange]:
    # As text: the driver would read 12.50 as a float.
    texts = changes.annotate(one=Cast("before", TextField()), other=Cast("after", TextField()))
    fields = texts.values_list("id", "entry_id", "table", "row", "operation", "one", "other")
    for number, entry, table, row, operation, before, after in fields:
        yield RowChange(number, entry, table, row, operation, _image(before), _image(after))


def _image(text: str | None) -> Image | None:
    return None if text is None else dict(json.loads(text, parse_float=Decimal))


def _expanded(bulk: BulkChange) -> Iterator[RowChange]:
    """The rows of a chunk by number."""
    columns = json.loads(bulk.images, parse_float=Decimal)
    numbers = columns[bulk.primary_key]
    for place in sorted(range(len(numbers)), key=numbers.__getitem__):
        after = {name: values[place] for name, values in columns.items()}
        yield RowChange(bulk.id, bulk.entry_id, bulk.table, str(numbers[place]), Change.Operation.INSERT, None, after)
