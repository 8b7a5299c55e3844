"""The Django model of a ledger's table: unmanaged, and in a registry of its own so that Django's migrations never see it."""

from __future__ import annotations

from typing import Any

from django.apps.registry import Apps
from django.db import models

from anju.kernel.crypto.cells import Column
from anju.kernel.crypto.fields import BlindIndex, EncryptedText
from anju.kernel.ledgers import personal
from anju.kernel.ledgers.declaration import Field, Ledger

_models: dict[str, tuple[Ledger, type[models.Model]]] = {}


def model_of(ledger: Ledger) -> type[models.Model]:
    """The model of this declaration; made once, made again when the declaration changes."""
    known = _models.get(ledger.name)
    if known is not None and (known[0] is ledger or known[0] == ledger):
        return known[1]
    model = _make(ledger)
    _models[ledger.name] = (ledger, model)
    return model


def _make(ledger: Ledger) -> type[models.Model]:
    meta = type(
        "Meta",
        (),
        {"app_label": "ledgers", "apps": Apps(), "managed": False, "db_table": ledger.table, "verbose_name": ledger.title},
    )
    attributes: dict[str, Any] = {
        "__module__": __name__,
        "Meta": meta,
        "id": models.BigAutoField(primary_key=True),
        "region_code": models.TextField("区划"),
        "bureau_id": models.BigIntegerField("单位"),
        "batch_id": models.BigIntegerField("导入批次", null=True),
        "origin": models.TextField("出处", null=True),
        "created_at": models.DateTimeField("登记时间", auto_now_add=True),
        "updated_at": models.DateTimeField("更新时间", auto_now=True),
        "version": models.IntegerField("修订", default=1),
        "voided_at": models.DateTimeField("作废时间", null=True),
    }
    attributes |= {one.name: _PersonalText(ledger, one) if one.personal else _column(one) for one in ledger.fields}
    attributes |= {personal.index_column(one): BlindIndex(one.name) for one in personal.personal_of(ledger)}
    return type(f"Ledger_{ledger.name}", (models.Model,), attributes)


class _PersonalText(EncryptedText):
    """A personal field: encrypted at rest like every other, plain text in the hands of this room."""

    def __init__(self, ledger: Ledger, one: Field) -> None:
        self._ledger, self._field = ledger, one
        super().__init__(one.label, kind=personal.KINDS[one.type], null=True)

    def __deepcopy__(self, memo: Any) -> _PersonalText:
        return _PersonalText(self._ledger, self._field)

    @property
    def cell(self) -> Column:
        return personal.cell(self._ledger, self._field)

    def to_python(self, value: Any) -> Any:
        return value

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        found = super().from_db_value(value, expression, connection)
        return None if found is None else found.in_full


def _column(one: Field) -> models.Field[Any, Any]:
    match one.type:
        case "integer" | "money" | "reference":
            return models.BigIntegerField(one.label, null=True)
        case "area":
            return models.DecimalField(one.label, max_digits=16, decimal_places=2, null=True)
        case "decimal":
            return models.DecimalField(one.label, max_digits=18, decimal_places=one.places, null=True)
        case "date" | "month":
            return models.DateField(one.label, null=True)
        case _:
            return models.TextField(one.label, null=True)
