"""What a clerk changes in a book shows in the figures and the report at the next look, and is marked as changed there."""

from __future__ import annotations

from django.test import Client

from anju.kernel.access.scope import Scope, using_scope
from anju.kernel.ledgers import queries
from anju.kernel.ledgers.catalogue import get
from anju.kernel.orgs.models import User
from anju.site.pages.figure_request import forget_freshness
from anju.testing.sample import Sample

CONDITIONS = {"filed_on": {"gte": "2023-01-01", "lte": "2023-06-30"}, "state": ["filed"], "use": ["residential"]}


def test_a_voided_contract_is_counted_no_more(sample_county: Sample) -> None:
    forget_freshness()
    browser = Client()
    with using_scope(Scope.system()):
        browser.force_login(User.objects.get(username="demo"), backend="anju.kernel.orgs.backends.StaffBackend")
        row = queries.page(get("sale_contract"), sample_county.by.scope, where=CONDITIONS, size=1).rows[0]

    before = browser.get("/reports/half_year/?period=2023H1").content.decode()
    assert ">2531套</a>" in before
    assert 'class="fig changed"' not in before

    answer = browser.post(f"/ledgers/sale_contract/{row.pk}/void/", {"reason": "重复备案"})
    assert answer.status_code == 302
    after = browser.get("/reports/half_year/?period=2023H1").content.decode()
    assert ">2530套</a>" in after
    assert 'class="fig changed"' in after
    assert "个与上次看时不同" in after
    assert "2,530" in browser.get("/figures/market.new_homes.sold_units/?period=2023H1").content.decode()
    history = browser.get(f"/ledgers/sale_contract/{row.pk}/").content.decode()
    assert "重复备案" in history
    assert "已作废" in history
