"""What a ledger is, once its page of YAML has been read: fields, keys, rules and limits. Plain immutable data."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal

from django.db.models import Model

if TYPE_CHECKING:
    from anju.kernel.ledgers.keeping import Keeper

FieldType = Literal[
    "text", "integer", "decimal", "money", "area", "date", "month", "choice", "region", "organisation",
    "resident_id", "credit_code", "phone", "bank_card", "unit_code", "project_code", "document_no", "file", "reference",
]  # fmt: skip
Level = Literal["block", "must_fix", "confirm"]

FIELD_TYPES: tuple[FieldType, ...] = FieldType.__args__  # type: ignore[attr-defined]
LEVELS: tuple[Level, ...] = Level.__args__  # type: ignore[attr-defined]

NUMBER_TYPES = frozenset({"integer", "decimal", "money", "area"})
DATE_TYPES = frozenset({"date", "month"})
PERSONAL_TYPES = frozenset({"resident_id", "phone", "bank_card"})
TEXT_LENGTH = {"text": 200, "organisation": 100}

SYSTEM_COLUMNS = (
    "id", "region_code", "bureau_id", "batch_id", "origin", "created_at", "updated_at", "version", "voided_at",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Field:
    """One column of a ledger.

    `unit` is the unit people write and read (money is kept in fen, area in ㎡ with two places, whatever the unit).
    `min`, `max`: limits in `unit`; for text `max` is the greatest number of characters. `places`: decimals of a `decimal`.
    `place` marks the region field that decides where a record belongs; `indexed` makes the list sortable by the field.
    """

    name: str
    label: str
    type: FieldType
    also: tuple[str, ...] = ()
    unit: str = ""
    required: bool = False
    help: str = ""
    choices: dict[str, str] = field(default_factory=dict)
    min: Decimal | None = None
    max: Decimal | None = None
    places: int = 2
    accept: tuple[str, ...] = ()
    reference: str = ""
    place: bool = False
    indexed: bool = False

    @property
    def column(self) -> str:
        """The column of the ledger's table that holds it."""
        return self.name

    @property
    def header(self) -> str:
        """The label with its unit, as printed above a column: `建筑面积（㎡）`."""
        return f"{self.label}（{self.unit}）" if self.unit else self.label

    @property
    def personal(self) -> bool:
        """A personal identifier: masked on screen, never in the journal, in facts or in a log."""
        return self.type in PERSONAL_TYPES

    @property
    def length(self) -> int:
        """The greatest number of characters of a text."""
        return int(self.max) if self.max is not None and self.type in TEXT_LENGTH else TEXT_LENGTH.get(self.type, 200)


@dataclass(frozen=True, slots=True)
class Rule:
    """A condition over the fields of one record; where it holds, `message` is raised at `level`. `where` is file:line."""

    when: str
    level: Level
    message: str
    advice: str = ""
    where: str = ""


@dataclass(frozen=True, slots=True)
class Ledger:
    """A declared ledger. `key` is unique per bureau among live rows; `date` is the business date (closing, default period date).

    `kept`: its rows live in the tables of its slice (see `keeping`); the declaration is the layout of entry, import and list.
    """

    name: str
    title: str
    slice: str
    version: int
    grain: str
    source: str
    key: tuple[str, ...]
    date: str
    fields: tuple[Field, ...]
    rules: tuple[Rule, ...] = ()
    where: str = ""
    kept: bool = False

    @property
    def table(self) -> str:
        """What its records are read from: a table of its own, or the view over the tables of its keeper."""
        return f"book_{self.name}" if self.kept else f"ledger_{self.name}"

    @property
    def record_table(self) -> str:
        """The table that bears its records' numbers: the journal and evidence know a record by it."""
        return self.keeper.table if self.kept else self.table

    @property
    def keeper(self) -> Keeper:
        """Who keeps the rows of a kept ledger. Raises AnjuError `ledgers.no_keeper`."""
        from anju.kernel.ledgers.keeping import keeper_of

        return keeper_of(self)

    @property
    def fact_name(self) -> str:
        """The fact its records give."""
        return self.name

    @property
    def model(self) -> type[Model]:
        """The unmanaged Django model of its table, outside the application registry."""
        from anju.kernel.ledgers.modelling import model_of

        return model_of(self)

    def field(self, name: str) -> Field:
        """The field of this name. Raises KeyError."""
        for one in self.fields:
            if one.name == name:
                return one
        raise KeyError(name)

    def has(self, name: str) -> bool:
        """Whether a field of this name is declared."""
        return any(one.name == name for one in self.fields)

    @property
    def place_field(self) -> Field | None:
        """The region field that decides the record's region; None when it is the bureau's."""
        return next((one for one in self.fields if one.place), None)

    @property
    def personal_columns(self) -> tuple[str, ...]:
        """Columns that never enter a journal image."""
        return tuple(one.column for one in self.fields if one.personal)

    @property
    def sortable(self) -> tuple[str, ...]:
        """Names a list may be sorted by: every one has an index."""
        first = [self.date] if self.date else []
        marked = [one.name for one in self.fields if one.indexed and one.name != self.date]
        return ("id", *first, *(name for name in self.key[:1] if name not in first and name not in marked), *marked)

    def as_data(self) -> dict[str, Any]:
        """The whole declaration as JSON data, in a canonical form: what is published as a version."""
        return {
            "ledger": self.name, "name": self.title, "slice": self.slice, "version": self.version, "grain": self.grain,
            "source": self.source, "key": list(self.key), "date": self.date,
            "fields": {one.name: _field_data(one) for one in self.fields},
            "rules": [{"when": rule.when, "level": rule.level, "message": rule.message, "advice": rule.advice} for rule in self.rules],
            **({"kept": True} if self.kept else {}),
        }  # fmt: skip


def _field_data(one: Field) -> dict[str, Any]:
    return {
        "label": one.label, "type": one.type, "also": list(one.also), "unit": one.unit, "required": one.required, "help": one.help,
        "choices": dict(one.choices), "min": _number(one.min), "max": _number(one.max), "places": one.places,
        "accept": list(one.accept), "reference": one.reference, "place": one.place, "indexed": one.indexed,
    }  # fmt: skip


def _number(value: Decimal | None) -> str | None:
    return None if value is None else format(value, "f")
