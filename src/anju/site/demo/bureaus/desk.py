"""A bureau's desk: rows are put into its books, exact totals are spread over them, and what is left open is filled in."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from anju.kernel.ledgers import catalogue
from anju.kernel.ledgers.declaration import Field, Ledger
from anju.site.demo import days
from anju.site.demo.apportioning import apportion
from anju.site.demo.books.shelf import Book, Shelf
from anju.site.demo.bureaus import names
from anju.site.demo.bureaus.forms import sheets_of
from anju.site.demo.bureaus.places import PLACES, Office
from anju.site.demo.dice import Dice
from anju.site.demo.paper import Row
from anju.site.demo.people import People

Span = tuple[date, date]
MANY = 1500
"""A book with more rows comes as text, out of an older system."""
PLACE_NAMES = {place.code: place.name for place in PLACES}


@dataclass
class Desk:
    """The books of one bureau being filled. `span`: the days its report covers."""

    office: Office
    span: Span
    seed: int
    rows_of: dict[str, list[Row]] = field(default_factory=dict)
    _turns: int = 0

    def dice(self, name: str) -> Dice:
        """Chance of this bureau under this name."""
        return Dice(self.seed, f"{self.office.code}/{name}")

    def add(
        self,
        ledger: str,
        count: int,
        *,
        on: str = "",
        span: Span | None = None,
        sums: Mapping[str, int] | None = None,
        steps: Mapping[str, int] | None = None,
        before: bool = False,
        **values: Any,
    ) -> list[Row]:
        """Put `count` rows into a book.

        `on`: the date field that gets working days of `span` (the report's own by default). `sums`: totals to spread over the rows, in
        stored units (fen, hundredths of ㎡, things), in multiples of `steps`. `values`: constants, tuples to pick from, or functions of
        the row's position and the row so far. `before`: about as many rows a year earlier as well, so that growth can be told.
        """
        self._turns += 1
        dice = self.dice(f"{ledger}/{self._turns}")
        made = self._batch(ledger, count, dice, on, span or self.span, sums or {}, steps or {}, values)
        if before and count:
            first, last = span or self.span
            earlier = (first.replace(year=first.year - 1), last.replace(year=last.year - 1))
            share = dice.between(84, 112)
            fewer = {name: max(total * share // 100 // (s := (steps or {}).get(name, 1)) * s, s) for name, total in (sums or {}).items()}
            self._batch(ledger, max(count * share // 100, 1), dice, on, earlier, fewer, steps or {}, values)
        return made

    def _batch(
        self,
        ledger: str,
        count: int,
        dice: Dice,
        on: str,
        span: Span,
        sums: Mapping[str, int],
        steps: Mapping[str, int],
        values: Mapping[str, Any],
    ) -> list[Row]:
        rows: list[Row] = [{} for _ in range(count)]
        if on:
            for row, day in zip(rows, days.spread(dice, count, *span), strict=True):
                row[on] = day
        for name, total in sums.items():
            parts = _spread(dice, total, count, steps.get(name, 1))
            for row, part in zip(rows, parts, strict=True):
                row[name] = part
        for position, row in enumerate(rows):
            for name, value in values.items():
                row[name] = value(position, row) if callable(value) else dice.pick(value) if isinstance(value, tuple) else value
            self._put(catalogue.get(ledger), row, dice)
        return rows

    def put(self, ledger: str, **values: Any) -> Row:
        """One row, given whole but for what can be filled in."""
        self._turns += 1
        self._put(catalogue.get(ledger), values, self.dice(f"{ledger}/{self._turns}"))
        return values

    def _put(self, ledger: Ledger, row: Row, dice: Dice) -> None:
        book = self.rows_of.setdefault(ledger.name, [])
        number = len(book) + 1
        for one in ledger.fields:
            if one.name not in row:
                needed = one.required or one.name in ledger.key
                row[one.name] = self._filled(ledger, one, number, dice) if needed else None
        book.append(row)

    def _filled(self, ledger: Ledger, one: Field, number: int, dice: Dice) -> Any:
        if one.type == "text":
            if one.name.endswith("_no"):
                letters = "".join(word[0] for word in ledger.name.split("_")).upper()
                return f"{self.office.letters}{letters}{number:05d}"
            return names.text_for(one.name, number, dice, unique=one.name in ledger.key)
        if one.type == "organisation":
            return names.company(number if one.name in ledger.key else dice.between(1, 40))
        if one.type in ("integer", "money", "area"):
            low = int(one.min or 1) or 1
            return dice.between(low, low + 20) * (100 if one.type != "integer" else 1)
        raise ValueError(f"{ledger.name}.{one.name} is not given")

    def share(self, rows: Sequence[Row], name: str, total: int, *, of: str, step: int = 1) -> None:
        """Give the rows their parts of a total in proportion to another of their fields."""
        for row, part in zip(rows, apportion(total, [row[of] for row in rows], step=step), strict=True):
            row[name] = part

    def people(self, name: str) -> People:
        """People of a stream of their own."""
        return People(self.dice(f"{name}/people"))

    def monthly(
        self,
        ledger: str,
        months: Sequence[date],
        entities: Sequence[Mapping[str, Any]],
        sums: Mapping[str, int],
        step: int = 1,
        **values: Any,
    ) -> None:
        """A row for every entity in every month, the totals spread over all of them."""
        self._turns += 1
        dice = self.dice(f"{ledger}/{self._turns}")
        pairs = [(entity, month) for month in months for entity in entities]
        parts = {name: _spread(dice, total, len(pairs), step) for name, total in sums.items()}
        for position, (entity, month) in enumerate(pairs):
            row = {**entity, "month": month, **values, **{name: each[position] for name, each in parts.items()}}
            self._put(catalogue.get(ledger), row, dice)

    def books(self, shelf: Shelf) -> list[Book]:
        """Write the books, what is referred to first."""
        made = []
        for ledger in catalogue.all_ledgers().values():
            rows = self.rows_of.get(ledger.name)
            if rows:
                made.append(self._book(shelf, ledger, rows))
        return made

    def _book(self, shelf: Shelf, ledger: Ledger, rows: list[Row]) -> Book:
        if ledger.date:
            rows = sorted(rows, key=lambda row: row.get(ledger.date) or date.min)
        title = f"{self.office.short}{ledger.title}"
        sheets = sheets_of(ledger, rows, self.dice(f"form/{ledger.name}"), PLACE_NAMES, office=self.office.name, title=title)
        if len(rows) > MANY:
            whole = sheets_of(ledger, rows, self.dice(f"form/{ledger.name}"), PLACE_NAMES, office=self.office.name, title=title, whole=True)
            return shelf.csv(ledger.name, title, whole[0], self.office.code)
        return shelf.xlsx(ledger.name, title, sheets, self.office.code)


def _spread(dice: Dice, total: int, count: int, step: int) -> list[int]:
    if count == 0:
        return []
    return apportion(total, [dice.between(60, 140) for _ in range(count)], step=step)


def months(first: date, last: date) -> list[date]:
    """The first days of the months from one day to another."""
    found, at = [], date(first.year, first.month, 1)
    while at <= last:
        found.append(at)
        at = date(at.year + at.month // 12, at.month % 12 + 1, 1)
    return found


def yuan(text: str) -> int:
    """Fen of an amount written with its unit: `8.5亿`, `86万`, `4470`."""
    factor = 10**8 if text.endswith("亿") else 10**4 if text.endswith("万") else 1
    return int(Decimal(text.rstrip("亿万")) * factor * 100)


def square(text: str) -> int:
    """Hundredths of ㎡ of an area written so: `28.45万`, `23600`."""
    factor = 10**4 if text.endswith("万") else 1
    return int(Decimal(text.rstrip("万")) * factor * 100)


Filler = Callable[[int], list[Desk]]
