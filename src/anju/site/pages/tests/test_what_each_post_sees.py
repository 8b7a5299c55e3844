"""Every post opens the pages it may, on an empty installation too, and is refused the others."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from anju.kernel.access.actor import Actor

SignIn = Callable[[Actor], Client]
WORK = ("/", "/areas/", "/areas/market/", "/ledgers/sale_contract/", "/figures/", "/reports/", "/journal/", "/search/?q=东原", "/findings/")
ENTRY = ("/ledgers/sale_contract/new/", "/ledgers/sale_contract/import/")


@pytest.mark.parametrize(
    "address", [*WORK, "/imports/", "/ledgers/sale_contract/new/", "/ledgers/sale_contract/import/", "/reports/verify/"]
)
def test_a_clerk_finds_every_page_even_when_the_books_are_empty(county_clerk: Actor, client_for: SignIn, address: str) -> None:
    assert client_for(county_clerk).get(address).status_code == 200


@pytest.mark.parametrize("address", WORK)
def test_the_city_reads(city_reader: Actor, client_for: SignIn, address: str) -> None:
    assert client_for(city_reader).get(address).status_code == 200


@pytest.mark.parametrize(
    "address", ["/imports/", "/ledgers/sale_contract/new/", "/ledgers/sale_contract/export/", "/audit/", "/journal/seals/"]
)
def test_the_city_changes_nothing(city_reader: Actor, client_for: SignIn, address: str) -> None:
    assert client_for(city_reader).get(address).status_code == 403


def test_the_city_chooses_whose_report_to_read(city_reader: Actor, client_for: SignIn) -> None:
    answer = client_for(city_reader).get("/reports/half_year/?period=2023H1")
    assert answer.status_code == 200


@pytest.mark.parametrize("address", ["/", "/journal/", "/journal/seals/", "/audit/"])
def test_the_auditor_reads_the_journal(audit_admin: Actor, client_for: SignIn, address: str) -> None:
    assert client_for(audit_admin).get(address).status_code == 200


@pytest.mark.parametrize("address", ["/ledgers/sale_contract/", "/figures/", "/reports/", "/imports/"])
def test_the_auditor_does_no_business(audit_admin: Actor, client_for: SignIn, address: str) -> None:
    assert client_for(audit_admin).get(address).status_code == 403
