"""What the database refuses, told as a person would: it is the last guard behind every check."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import DatabaseError

from anju.kernel.errors import AnjuError, Forbidden, Problem
from anju.kernel.ledgers.declaration import Ledger

UNIQUE, FOREIGN_KEY, NOT_NULL, CHECK, PRIVILEGE = "23505", "23503", "23502", "23514", "42501"


@contextmanager
def told_clearly(ledger: Ledger) -> Iterator[None]:
    """Turn a refusal of the database inside the block into an AnjuError; anything else passes."""
    try:
        yield
    except DatabaseError as error:
        refusal = refusal_of(ledger, error)
        if refusal is None:
            raise
        raise refusal from error


def refusal_of(ledger: Ledger, error: DatabaseError) -> AnjuError | None:
    """The refusal that a database error stands for; None when it is something else."""
    cause: Any = error.__cause__
    state = getattr(cause, "sqlstate", None)
    constraint = getattr(getattr(cause, "diag", None), "constraint_name", None) or ""
    labels = "、".join(ledger.field(name).label for name in ledger.key)
    if state == UNIQUE:
        return AnjuError.of(
            "ledger.exists",
            f"已有同一{labels}的记录。",
            where=ledger.title,
            advice="可能有人刚刚登记了同一笔，请刷新后核对。",
        )
    if state == CHECK and constraint == "closed_period":
        return closed(ledger, getattr(cause.diag, "message_detail", "") or "")
    if state == FOREIGN_KEY:
        return AnjuError.of(
            "ledger.reference_missing", "引用的记录不存在。", where=_label(ledger, constraint), advice="请先登记被引用的记录。"
        )
    if state in (NOT_NULL, CHECK):
        column = getattr(cause.diag, "column_name", None) or constraint.removesuffix("_allowed")
        return AnjuError.of(
            "ledger.not_allowed", "数据库不接受这个值。", where=_label(ledger, column), advice="请核对是否必填、是否超出范围。"
        )
    if state == PRIVILEGE and "row-level security" in str(cause):
        return Forbidden(
            Problem(code="ledger.foreign_region", where=ledger.title, what="记录不在本人的数据范围内。", advice="请核对单位和区划。")
        )
    return None


def closed(ledger: Ledger, until: str) -> AnjuError:
    """The period is closed."""
    return AnjuError.of(
        "ledger.closed", f"该期间已封账（封至{until}）。", where=ledger.title, advice="更正须先由有权限的人解除封账，或登记在以后的日期。"
    )


def _label(ledger: Ledger, name: str) -> str:
    name = name.removesuffix("_allowed")
    return ledger.field(name).label if ledger.has(name) else ledger.title
