"""From one published version of a ledger to the next: what may change, and the statements that change it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from psycopg.sql import SQL, Composed, Identifier

from anju.kernel.errors import Problem
from anju.kernel.ledgers import ddl
from anju.kernel.ledgers.declaration import Field, Ledger

CODE = "ledgers.incompatible"


def refusals(before: dict[str, Any], ledger: Ledger) -> Iterator[Problem]:
    """Why this declaration cannot follow the published one; nothing when it can.

    Allowed: new fields and choices, wider or narrower limits the records satisfy, words, rules, indexes. Not allowed: removing a
    field, changing a type, a decimal's places, a counted unit, a reference or the key.
    """
    if before.get("kept") and not ledger.kept:
        yield _refusal(ledger, "不再声明为 kept。", "记录已在业务自己的表中，不能退回。")
    if list(ledger.key) != before["key"]:
        yield _refusal(ledger, f"key 由 {before['key']} 改为 {list(ledger.key)}。", "认记录的字段不能改；请另建一本台账。")
    for name, old in before["fields"].items():
        if not ledger.has(name):
            yield _refusal(ledger, f"字段“{name}”（{old['label']}）被删去。", "已有记录用到它；不再填写的字段请保留，去掉 required。")
            continue
        new = ledger.field(name)
        if new.type != old["type"]:
            yield _refusal(ledger, f"字段“{name}”的类型由 {old['type']} 改为 {new.type}。", "请另加一个新字段。")
        elif new.type == "decimal" and new.places != old["places"]:
            yield _refusal(ledger, f"字段“{name}”的小数位由 {old['places']} 改为 {new.places}。", "请另加一个新字段。")
        elif new.type in ("integer", "decimal") and new.unit != old["unit"]:
            yield _refusal(ledger, f"字段“{name}”的单位由“{old['unit']}”改为“{new.unit}”。", "原有数值会变成另一种量，请另加一个新字段。")
        elif new.reference != old["reference"]:
            yield _refusal(ledger, f"字段“{name}”改为引用“{new.reference}”。", "请另加一个新字段。")


def changes(before: dict[str, Any], ledger: Ledger) -> Iterator[tuple[Field | None, Composed]]:
    """The statements in order, each with the field whose records may stand against it."""
    table = Identifier(ledger.table)
    for field in ledger.fields:
        old = before["fields"].get(field.name)
        if old is None:
            yield field, SQL("ALTER TABLE {} ADD COLUMN {}").format(table, ddl.column(field))
            if field.personal:
                yield None, SQL("ALTER TABLE {} ADD COLUMN {}").format(table, ddl.index_of(field))
        elif field.required != old["required"]:
            verb = SQL("SET" if field.required else "DROP")
            yield field, SQL("ALTER TABLE {} ALTER COLUMN {} {} NOT NULL").format(table, Identifier(field.column), verb)
        name = ddl.constraint_name(field)
        yield None, SQL("ALTER TABLE {} DROP CONSTRAINT IF EXISTS {}").format(table, name)
        yield field, SQL("ALTER TABLE {} ADD CONSTRAINT {} {}").format(table, name, ddl.allowed(field))
    if before["date"] and before["date"] != ledger.date:
        for moment in ("insert", "update", "delete"):
            yield None, SQL("DROP TRIGGER IF EXISTS {} ON {}").format(Identifier(f"closed_{moment}"), table)
    yield from ((None, statement) for statement in ddl.attach(ledger))


def in_the_way(ledger: Ledger, field: Field) -> Problem:
    """Records exist that the new declaration would not allow."""
    return _refusal(ledger, f"已有记录不符合字段“{field.name}”（{field.label}）的新要求。", "请先更正这些记录，或放宽声明。")


def _refusal(ledger: Ledger, what: str, advice: str) -> Problem:
    return Problem(code=CODE, where=ledger.where, what=what, advice=advice)
