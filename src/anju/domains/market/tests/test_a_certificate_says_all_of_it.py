"""SV-01, SV-02: certificates carry scope, cut-off, purpose, validity and a code; homes count once, signed ones too, sold ones no more."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from anju.domains.market import actions, queries
from anju.domains.market.actions import House, Query, Sale
from anju.domains.market.models import Certificate, Permit
from anju.domains.market.offers import Buyer
from anju.domains.property.models import Unit
from anju.kernel.access.actor import Actor
from anju.kernel.access.scope import using_scope
from anju.kernel.errors import AnjuError, Forbidden
from anju.kernel.journal.models import Entry
from anju.kernel.ledgers import actions as books
from anju.kernel.ledgers.catalogue import get
from anju.testing.sales import DAY, made_up_id, offer_for

PERSON = made_up_id(3)


@pytest.fixture(autouse=True)
def within(county_clerk: Actor) -> Iterator[None]:
    with using_scope(county_clerk.scope):
        yield


def asked(**changes: Any) -> Query:
    return Query(**({"name": "示例买3", "id_no": PERSON, "purpose": "子女入学"} | changes))


def test_nothing_found_is_certified_too(county_clerk: Actor) -> None:
    made = actions.issue_certificate(asked(), by=county_clerk, on=DAY)
    assert (made.homes, made.result, made.valid_until) == (0, [], DAY + timedelta(days=29))
    assert all((made.scope, made.as_of, made.purpose, made.code, made.digest))
    entry = Entry.objects.get(verb="market.issue_certificate")
    assert (entry.data["asker"], entry.data["digest"], entry.reason) == ("self", made.digest, "子女入学")
    assert PERSON not in str(entry.data)


def test_sv_02_signed_homes_count_once_and_sold_ones_no_more(permit: Permit, units: list[Unit], county_clerk: Actor) -> None:
    first = actions.sign_contract(offer_for(units[0], 3), by=county_clerk, on=DAY)
    actions.sign_contract(offer_for(units[1], 3), by=county_clerk, on=DAY)
    assert actions.issue_certificate(asked(), by=county_clerk, on=DAY).homes == 2
    actions.file_contract(first.pk, by=county_clerk, on=DAY)
    actions.register_title(first.pk, certificate_no="示（2023）不动产权第1号", on=DAY, by=county_clerk)
    found = actions.issue_certificate(asked(), by=county_clerk, on=DAY)
    assert found.homes == 2
    assert {home["state"] for home in found.result or []} == {"已办证", "已签约"}
    house = House(units[0].pk, "HY1", "示（2023）不动产权第1号", DAY, "示例买3", PERSON)
    actions.check_house(house, by=county_clerk, on=DAY)
    sale = Sale("HY1", "存1", "示例买3", PERSON, Buyer("示例接", made_up_id(9)), 60_000_000, "示（2023）不动产权第1号")
    resale = actions.sign_resale(sale, by=county_clerk, on=DAY)
    assert len(queries.homes_of(PERSON)) == 2, "not before it is filed"
    actions.file_resale(resale.pk, by=county_clerk, on=DAY)
    (left,) = queries.homes_of(PERSON)
    (new,) = queries.homes_of(made_up_id(9))
    assert (left["state"], new["document"]) == ("已签约", "存1")
    found.refresh_from_db()
    assert found.homes == 2, "what was certified stays"


def test_others_ask_with_a_document_and_for_a_purpose(county_clerk: Actor) -> None:
    with pytest.raises(AnjuError, match=r"market\.others_ask_with_a_document"):
        actions.issue_certificate(asked(asker="organ"), by=county_clerk)
    made = actions.issue_certificate(asked(asker="organ", authority="（2023）示执12号协助查询通知书"), by=county_clerk)
    assert Entry.objects.get(verb="market.issue_certificate").data["authority"] == made.authority
    with pytest.raises(AnjuError, match=r"market\.no_purpose"):
        actions.issue_certificate(asked(purpose=" "), by=county_clerk)
    with pytest.raises(AnjuError, match=r"market\.C08"):
        actions.issue_certificate(asked(id_no="110199198001010000"), by=county_clerk)
    stranger = Actor.stranger()
    with pytest.raises(Forbidden):
        actions.issue_certificate(asked(), by=stranger)


def test_sv_01_what_it_says_stays_and_the_public_page_knows_its_state(county_clerk: Actor) -> None:
    made = actions.issue_certificate(asked(), by=county_clerk)
    old = actions.issue_certificate(asked(), by=county_clerk, on=date(2023, 3, 1))
    for change in ({"homes": 5}, {"purpose": "别的"}, {"valid_until": date(2099, 1, 1)}, {"code": "X"}, {"applicant": "别人"}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Certificate.objects.filter(pk=made.pk).update(**change)
    client = Client(HTTP_HOST="127.0.0.1")

    def told(one: Certificate, code: str) -> str:
        return client.post("/open/certificates/", {"number": one.certificate_no, "code": code}).content.decode()

    assert "有效</span>" in told(made, made.code.lower())
    assert PERSON not in told(made, made.code), "masked"
    assert "已过期</span>" in told(old, old.code)
    for code in ("AAAAAAAAAAAA", "验证码"):
        assert "没有这份证明，或验证码不符" in told(made, code)
    actions.void_certificate(made.pk, reason="姓名录错", by=county_clerk)
    assert "已作废</span>" in told(made, made.code)
    with pytest.raises(AnjuError, match=r"market\.certificate_stays"):
        actions.void_certificate(made.pk, reason="再次", by=county_clerk)


def test_the_pages_issue_show_and_void(county_clerk: Actor, client_for: Callable[[Actor], Client]) -> None:
    browser = client_for(county_clerk)
    told = {"name": "示例买3", "id_type": "resident_id", "id_no": PERSON, "asker": "agent", "authority": "", "purpose": "银行贷款"}
    refused = browser.post("/market/certificates/new/", told)
    assert refused.status_code == 422
    assert "委托书或协助文书" in refused.content.decode()
    made = browser.post("/market/certificates/new/", told | {"authority": "委托书1号"})
    text = browser.get(made["Location"]).content.decode()
    assert "没有查到住房记录" in text
    assert Certificate.objects.get().code in text
    assert browser.post(f"{made['Location']}void/", {"reason": "录错"}).status_code == 302
    assert "录错" in browser.get(made["Location"]).content.decode()


def test_the_book_keeps_former_years_beside_what_is_issued(county_clerk: Actor) -> None:
    ledger = get("housing_certificate")
    values = {
        "certificate_no": "ZM1", "applicant": "示例甲", "resident_id": PERSON, "kind": "家庭住房情况证明", "purpose": "落户",
        "issued_on": "2022-05-01", "state": "已开具",
    }  # fmt: skip
    number = books.add_record(ledger, values, by=county_clerk)
    books.change_record(ledger, number, {"state": "作废"}, by=county_clerk, version=1, reason="作废")
    made = actions.issue_certificate(asked(), by=county_clerk)
    with pytest.raises(AnjuError, match=r"market\.only_books_are_voided"):
        books.void_record(ledger, made.pk, by=county_clerk, reason="误录")
    with pytest.raises(AnjuError, match=r"market\.certificate_stays"):
        books.change_record(ledger, made.pk, {"purpose": "别的"}, by=county_clerk, version=1, reason="更正")
    books.void_record(ledger, number, by=county_clerk, reason="误录")
