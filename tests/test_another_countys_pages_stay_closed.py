"""What belongs to another county is not there: every page about it answers 404, and no list shows it."""

from __future__ import annotations

import pytest
from django.test import Client

from anju.kernel.access.scope import Scope, using_scope
from anju.kernel.journal.models import Entry
from anju.kernel.ledgers.catalogue import all_ledgers
from anju.kernel.ledgers.models import ImportBatch
from anju.kernel.orgs.models import Bureau, User
from anju.testing.sample import Sample


@pytest.fixture
def neighbour(sample_county_to_read: Sample) -> Client:
    """The clerk of 西屏县."""
    browser = Client()
    with using_scope(Scope.system()):
        clerk = User.objects.get(staff__bureau__region_id="990122", staff__roles__code="clerk")
        browser.force_login(clerk, backend="anju.kernel.orgs.backends.StaffBackend")
    return browser


def test_every_page_about_another_county_is_not_found(neighbour: Client) -> None:
    with using_scope(Scope.system()):
        ours = Bureau.objects.get(code="dongyuan").pk
        addresses = []
        for ledger in all_ledgers().values():
            row = ledger.model._default_manager.filter(bureau_id=ours).first()
            if row is not None:
                addresses += [f"/ledgers/{ledger.name}/{row.pk}/{tail}" for tail in ("", "edit/", "void/", "?part=peek")]
        batch = ImportBatch.objects.filter(bureau_id=ours).first()
        entry = Entry.objects.filter(bureau_id=ours).first()
        assert batch is not None
        assert entry is not None
        addresses += [f"/imports/{batch.pk}/", f"/imports/{batch.pk}/rejected/", f"/journal/{entry.pk}/", f"/journal/{entry.pk}/proof/"]
    assert len(addresses) > 40
    found = {address: neighbour.get(address).status_code for address in addresses}
    assert set(found.values()) == {404}, {address: status for address, status in found.items() if status != 404}


def test_figures_and_reports_of_another_county_are_refused(neighbour: Client) -> None:
    with using_scope(Scope.system()):
        ours = Bureau.objects.get(code="dongyuan").pk
    for tail in ("", "rows/", "export/"):
        answer = neighbour.get(f"/figures/market.new_homes.amount/{tail}?period=2023H1&region=990121")
        assert answer.status_code == 403
        answer = neighbour.get(f"/figures/market.new_homes.amount/{tail}?period=2023H1&bureau={ours}")
        assert answer.status_code == 403
    assert "18.48" not in neighbour.get(f"/reports/half_year/?period=2023H1&bureau={ours}").content.decode()


def test_lists_and_search_show_nothing_of_another_county(neighbour: Client) -> None:
    assert "共 0 条" in neighbour.get("/ledgers/sale_contract/").content.decode()
    assert "没有找到" in neighbour.get("/search/?q=示东网2023").content.decode()
    assert neighbour.get("/ledgers/sale_contract/export/").status_code == 200
