"""Ledgers over JSON: what there is, read, add, change, void."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Header, Query, Router, Schema, Status
from pydantic import Field

from anju.kernel.access.actor import Actor
from anju.kernel.ledgers import actions, catalogue, queries
from anju.kernel.ledgers.declaration import Ledger
from anju.site.api.access import actor_of_request

router = Router()
Text = Annotated[str, Field(max_length=4000)]
Written = Annotated[dict[str, Text | int | None], Field(max_length=400)]


class FieldOut(Schema):
    """One column of a ledger. `unit`: what a bare number means."""

    name: str
    label: str
    type: str
    unit: str
    required: bool
    choices: dict[str, str]


class LedgerOut(Schema):
    """A ledger and its fields."""

    name: str
    title: str
    slice: str
    key: list[str]
    fields: list[FieldOut]


class RecordOut(Schema):
    """A record: `cells` as people read them (units, labels, masked identifiers), by field."""

    id: int
    version: int
    region: str
    bureau: int
    cells: dict[str, str]


class PageOut(Schema):
    """`next`: pass it as `after` for the next page; null at the end. `count`: capped when `count_is_capped`."""

    records: list[RecordOut]
    next: str | None
    count: int
    count_is_capped: bool


class AddIn(Schema):
    """`values` by field name, written as in a form: text, or numbers in the field's unit as text."""

    values: Written
    accept_confirmations: bool = False


class ChangeIn(AddIn):
    """`version`: the one that was read; a newer one in the database refuses the change."""

    version: int
    reason: Text = ""


class VoidIn(Schema):
    """Why the record is void."""

    reason: Text


class SavedOut(Schema):
    """The record's number and, after a change, its new version."""

    id: int
    version: int | None = None


@router.get("", response=list[LedgerOut])
def all_ledgers(request: HttpRequest) -> list[dict[str, Any]]:
    """Every ledger with its fields."""
    _reader(request)
    return [_described(ledger) for ledger in catalogue.all_ledgers().values()]


@router.get("/{name}/records", response=PageOut)
def records(
    request: HttpRequest,
    name: str,
    search: Annotated[str, Query(max_length=200)] = "",
    sort: Annotated[str, Query(max_length=60)] = "",
    after: Annotated[str | None, Query(max_length=1000)] = None,
    size: Annotated[int, Query(ge=1, le=200)] = 50,
) -> dict[str, Any]:
    """One page of live records within the caller's scope, newest first unless sorted."""
    ledger, by = catalogue.get(name), _reader(request)
    page = queries.page(ledger, by.scope, search=search, sort=sort, after=after, size=size)
    return {
        "records": _shown(ledger, page.rows),
        "next": page.next,
        "count": page.count,
        "count_is_capped": page.count_is_capped,
    }


@router.get("/{name}/records/{number}", response=RecordOut)
def record(request: HttpRequest, name: str, number: int) -> dict[str, Any]:
    """One record."""
    ledger, by = catalogue.get(name), _reader(request)
    return _shown(ledger, [queries.record(ledger, number, by.scope)])[0]


@router.post("/{name}/records", response={201: SavedOut})
def add(
    request: HttpRequest, name: str, body: AddIn, idempotency_key: Annotated[str | None, Header(max_length=120)] = None
) -> Status[dict[str, Any]]:
    """Add one record. With an `Idempotency-Key` header a repeated call returns the first record."""
    by = actor_of_request(request)
    number = actions.add_record(
        catalogue.get(name), body.values, by=by, accept_confirmations=body.accept_confirmations, key=_own_key(by, idempotency_key)
    )
    return Status(201, {"id": number})


@router.patch("/{name}/records/{number}", response=SavedOut)
def change(request: HttpRequest, name: str, number: int, body: ChangeIn) -> dict[str, Any]:
    """Change the given fields of one record."""
    version = actions.change_record(
        catalogue.get(name),
        number,
        body.values,
        by=actor_of_request(request),
        version=body.version,
        reason=body.reason,
        accept_confirmations=body.accept_confirmations,
    )
    return {"id": number, "version": version}


@router.post("/{name}/records/{number}/void", response=SavedOut)
def void(request: HttpRequest, name: str, number: int, body: VoidIn) -> dict[str, Any]:
    """Mark a record void; it stays with its history and counts no more."""
    actions.void_record(catalogue.get(name), number, by=actor_of_request(request), reason=body.reason)
    return {"id": number}


def _reader(request: HttpRequest) -> Actor:
    actor = actor_of_request(request)
    actor.require("ledgers.view")
    return actor


def _own_key(by: Actor, key: str | None) -> str | None:
    # Two callers may choose the same key; each has its own.
    return None if key is None else f"{by.staff_id}:{key}"


def _described(ledger: Ledger) -> dict[str, Any]:
    fields = [
        {
            "name": one.name,
            "label": one.label,
            "type": one.type,
            "unit": one.unit or "",
            "required": one.required,
            "choices": dict(one.choices),
        }
        for one in ledger.fields
    ]
    return {"name": ledger.name, "title": ledger.title, "slice": ledger.slice, "key": list(ledger.key), "fields": fields}


def _shown(ledger: Ledger, rows: list[Any]) -> list[dict[str, Any]]:
    cells = queries.shown(ledger, rows)
    return [
        {"id": row.pk, "version": row.version, "region": row.region_code, "bureau": row.bureau_id, "cells": shown}
        for row, shown in zip(rows, cells, strict=True)
    ]
