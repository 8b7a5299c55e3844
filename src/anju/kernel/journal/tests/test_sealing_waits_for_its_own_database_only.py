"""A transaction that is still open here holds the seal back; one in a neighbouring database of the same server does not."""

from __future__ import annotations

import os

import psycopg
import pytest
from django.db import connections
from psycopg.conninfo import make_conninfo

from anju.kernel.journal.models import Block
from anju.kernel.journal.sealing import seal
from anju.kernel.journal.tests.history import add_region
from anju.testing.plugin import ADMIN_URL


@pytest.mark.parametrize(("neighbour", "sealed"), [(True, True), (False, False)])
def test_only_an_open_transaction_of_this_database_holds_the_seal_back(new_house: str, neighbour: bool, sealed: bool) -> None:
    here = str(connections["default"].settings_dict["NAME"])
    with psycopg.connect(make_conninfo(os.environ[ADMIN_URL], dbname="postgres" if neighbour else here)) as other:
        other.execute("SELECT pg_current_xact_id()")
        add_region("97")
        seal()
        assert Block.objects.exists() is sealed
    seal()
    assert Block.objects.exists()
