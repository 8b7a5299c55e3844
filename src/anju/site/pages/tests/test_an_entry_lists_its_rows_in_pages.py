"""The page of an import shows how many rows it added, and them a page at a time."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

from anju.kernel.access.actor import Actor
from anju.kernel.access.scope import using_scope
from anju.kernel.journal.models import Entry
from anju.kernel.ledgers import catalogue
from anju.kernel.ledgers.imports import confirm_import, prepare_import
from anju.kernel.ledgers.imports.tests.books import book, record
from anju.site.pages.journal import CHANGES_SHOWN

pytestmark = pytest.mark.django_db
LEDGER = "existing_home_contract"


def test_every_row_is_on_one_page(county_clerk: Actor, client_for: Callable[[Actor], Client], tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", [record(number) for number in range(1, 331)])
    confirm_import(prepare_import(catalogue.get(LEDGER), path, by=county_clerk).pk, by=county_clerk)
    with using_scope(county_clerk.scope):
        number = Entry.objects.get(verb="ledgers.confirm_import").pk
    browser, seen, address = client_for(county_clerk), [], f"/journal/{number}/"
    while address:
        text = browser.get(address).content.decode()
        rows = re.findall(r'href="/market/resales/(\d+)/"', text)
        assert len(rows) <= CHANGES_SHOWN
        seen += rows
        onward = re.search(r'href="(/journal/\d+/\?row=\d+)"', text)
        address = onward[1] if onward else ""
    assert len(seen) == len(set(seen)) == 330


def test_an_odd_address_shows_the_entry(county_clerk: Actor, client_for: Callable[[Actor], Client], tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", [record(1)])
    prepare_import(catalogue.get(LEDGER), path, by=county_clerk)
    with using_scope(county_clerk.scope):
        number = Entry.objects.get(verb="ledgers.prepare_import").pk
    for asked in ("x", "-1", "99999999999999", "5"):
        assert client_for(county_clerk).get(f"/journal/{number}/?row={asked}").status_code == 200
