"""Voiding rows of a book where the database refuses some of them: told in the slice's words."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.db import connection
from psycopg.sql import SQL, Identifier

from anju.domains.housing.refusals import told_clearly
from anju.kernel.access.actor import Actor

STATEMENT = "UPDATE {} SET voided_at = now(), updated_at = now(), version = version + 1 WHERE id = ANY (%s)"


def voiding(table: str) -> Callable[[Sequence[int], Actor, str], None]:
    """How rows of this table are marked void."""

    def void(ids: Sequence[int], _by: Actor, _reason: str) -> None:
        with told_clearly(), connection.cursor() as cursor:
            cursor.execute(SQL(STATEMENT).format(Identifier(table)), [list(ids)])

    return void
