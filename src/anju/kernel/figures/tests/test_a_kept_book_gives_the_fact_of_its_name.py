"""The fact of a book that a slice keeps: its old name and columns, the slice's table as the record's, refreshed by that table's changes."""

from __future__ import annotations

from django.db import connection

from anju.kernel.access.scope import Scope, using_scope
from anju.kernel.figures import snapshots, views
from anju.kernel.figures.facts import fact
from anju.kernel.ledgers import actions
from anju.kernel.ledgers.tests.kept import TABLE, kept_homes, make_table
from anju.testing.factories import make_actor, make_bureau, make_city

HOME = {"home_no": "H0001", "area": "45.5", "rent": "300", "let_on": "2023-03-01", "state": "在租"}


def test_the_fact_keeps_name_columns_and_freshness(fresh_db: str):
    make_table()
    with using_scope(Scope.system()), kept_homes() as homes:
        make_city()
        clerk = make_actor(make_bureau("dongyuan", "990121"), "clerk")
        number = actions.add_record(homes, HOME, by=clerk)
        made = fact("home_book")
        views.sync([made])
        assert (made.sources[0].table, list(made.columns)) == (TABLE, ["home_no", "area", "rent", "let_on", "state"])
        with connection.cursor() as cursor:
            cursor.execute("SELECT record_table, record_id, home_no, area, rent, state FROM fact_home_book")
            assert cursor.fetchall() == [(TABLE, number, "H0001", 4550, 30000, "let")]
        first = snapshots.refresh(facts={"home_book": made})
        actions.change_record(homes, number, {"rent": "320"}, by=clerk, version=1)
        assert snapshots.refresh(facts={"home_book": made}).digest != first.digest
