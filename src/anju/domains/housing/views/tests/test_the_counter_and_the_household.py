"""Pages of the counter: a household is opened, applies, is recorded on; what is wrong is said and nothing is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from anju.domains.housing.models import Agreement, Application, Budget, Household, PurchaseSubsidy, Sanction
from anju.domains.housing.payments.tests.town import CITE, REGION, Town, make_town, resident_id
from anju.domains.housing.subsidies import agreements
from anju.kernel.access.actor import Actor
from anju.kernel.access.scope import Scope, using_scope
from anju.kernel.cases.models import Material
from anju.kernel.parameters.actions import set_value

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(db: None) -> Iterator[Town]:
    made = make_town()
    with using_scope(Scope.system()):
        yield made


@pytest.fixture
def desk(town: Town, client_for: Callable[..., Client]) -> Client:
    return client_for(town.clerk)


def people(**changes: str) -> dict[str, str]:
    first = resident_id(700, date(1980, 1, 2))
    return {"name.0": "示例甲", "id.0": first, "consent.0": "SQ1", "key": "k1", "product": "rent_subsidy"} | changes


def test_a_household_is_opened_once_and_applies(desk: Client):
    answer = desk.post("/housing/households/new/", people())
    again = desk.post("/housing/households/new/", people())
    household = Household.objects.get()
    assert answer.url == again.url == f"/housing/households/{household.pk}/apply/?product=rent_subsidy"
    page = desk.get(answer.url).content.decode()
    assert "住房租赁补贴申请" in page
    refused = desk.post(answer.url, {"product": "rent_subsidy", "month_rent": "一千", "key": "k2", "material": ["application"]})
    assert refused.status_code == 422
    assert 'value="一千"' in refused.content.decode()
    receipt = desk.post(answer.url, {"product": "rent_subsidy", "month_rent": "1200.50", "key": "k2", "material": ["application"]})
    application = Application.objects.get()
    assert (application.month_rent, application.state) == (120_050, "submitted")
    assert application.application_no in receipt.content.decode()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"id.0": "990121198001010000"}, "示例甲 身份证号"),
        ({"name.1": "示例乙"}, "第2行"),
        ({"name.0": "", "id.0": "", "name.1": "示例乙", "id.1": resident_id(701)}, "一个家庭须有且只有一名申请人"),
    ],
)
def test_what_is_wrong_with_a_member_is_said_at_the_member(desk: Client, changes: dict[str, str], said: str):
    answer = desk.post("/housing/households/new/", people(**changes))
    assert (answer.status_code, said in answer.content.decode()) == (422, True)
    assert not Household.objects.exists()


def test_the_counter_of_casework_leads_to_the_page_with_the_record(desk: Client):
    for matter, address in (
        ("public_rental", "/housing/households/new/?product=public_rental"),
        ("public_rental_exit", "/housing/leases/"),
    ):
        assert desk.get(f"/cases/new/{matter}/").url == address


def test_a_claim_of_a_talent_is_received_with_its_record(desk: Client):
    assert desk.get("/cases/new/talent_purchase_subsidy/").url == "/housing/claims/talent/"
    said = {"name": "示例丙", "resident_id": resident_id(702), "degree": "master", "contract_no": "HT1", "key": "c1"}
    refused = desk.post("/housing/claims/talent/", said)
    assert (refused.status_code, "政策文号" in refused.content.decode(), PurchaseSubsidy.objects.count()) == (422, True, 0)
    receipt = desk.post("/housing/claims/talent/", said | {"policy": "示例人社发〔2023〕6号", "material": ["application"]})
    row = PurchaseSubsidy.objects.get()
    assert (row.degree, row.state, row.application_no in receipt.content.decode()) == ("master", "reviewing", True)


def record(desk: Client, household: Household, verb: str, **fields: Any) -> int:
    return desk.post(f"/housing/households/{household.pk}/record/", {"verb": verb, **fields}).status_code


def test_an_agreement_follows_an_approved_application_and_is_changed_with_a_reason(town: Town, desk: Client):
    household = town.household(1)
    holder = household.members.get(relation="applicant")
    before = {"ending": "expired", "on": date(2023, 1, 1), "unpaid_from": date(2023, 1, 1), "reason": "到期"}
    agreements.end(Agreement.objects.get(), **before, by=town.clerk)
    application = Application.objects.create(
        application_no="ZL1", product="rent_subsidy", household=household, applicant=holder, applied_on=date(2023, 1, 2),
        reviewed_on=date(2023, 1, 9), state="refused", bureau_id=household.bureau_id, region_code=household.region_code,
    )  # fmt: skip
    fields = {
        "application": application.pk, "agreement_no": "XY9", "home": "示例路1号", "month_rent": "900", "tenancy_from": "2023-01-01",
        "tenancy_to": "2023-12-31", "from_month": "2023-02-01", "to_month": "2023-12-01", "holder": holder.pk,
        "account": "6222000000000000001", "bank": "示例银行",
    }  # fmt: skip
    assert record(desk, household, "agree", **fields) == 422
    Application.objects.update(state="approved")
    assert "签订补贴协议" in desk.get(f"/housing/households/{household.pk}/").content.decode()
    assert record(desk, household, "agree", **fields) == 302
    assert record(desk, household, "agree", **(fields | {"agreement_no": "XY10"})) == 422
    row = Agreement.objects.get(application__isnull=False)
    assert (row.application_id, row.month_rent, row.to_month) == (application.pk, 90_000, date(2023, 12, 1))
    change = {"agreement": row.pk, "change": "suspend"}
    assert record(desk, household, "agreement", **change) == 422
    assert record(desk, household, "agreement", **change, reason="联系不上") == 302
    row.refresh_from_db()
    assert row.state == "suspended"
    assert record(desk, household, "agreement", agreement=row.pk, change="moved_away", unpaid_from="2023-03-01", reason="迁出") == 302
    row.refresh_from_db()
    assert (row.state, row.ending, row.unpaid_from) == ("cancelled", "moved_away", date(2023, 3, 1))


def test_a_sanction_and_a_budget_are_entered_on_pages(town: Town, desk: Client, client_for: Callable[..., Client]):
    household = town.household(2)
    member = household.members.get(relation="applicant")
    said = {"member": member.pk, "article": "令11号第三十六条", "reason": "转租", "document": "罚〔2023〕1号", "decided_on": "2023-05-01"}
    assert record(desk, household, "sanction", **said, fine="1000.01") == 422
    assert record(desk, household, "sanction", **said, fine="1000", returned_on="2023-05-10") == 302
    assert Sanction.objects.get().fine == 100_000
    leader, year = client_for(town.leader), timezone.localdate().year
    form = {"verb": "budget", "kind": "rent_subsidy", "year": str(year), "amount": "50000", "document": "示例财社〔2026〕5号"}
    assert leader.post("/housing/batches/", form).status_code == 302
    assert Budget.objects.get(year=year).amount == 5_000_000
    assert leader.post("/housing/batches/", form | {"year": "1999"}).status_code == 422


def test_a_file_sent_for_a_paper_is_the_paper_handed_in(desk: Client):
    address = desk.post("/housing/households/new/", people()).url
    desk.post(address, {"product": "public_rental", "key": "k2"})
    case = Application.objects.get().case_id
    content = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
    upload = SimpleUploadedFile("sq.pdf", content, "application/pdf")
    desk.post(f"/files/add/cases_case:{case}/", {"use": "material", "role": "application", "file": upload})
    assert dict(Material.objects.filter(case=case).values_list("code", "state"))["application"] == "handed_in"
    assert desk.post(f"/cases/{case}/do/give-back/", {"material": "application", "text": "缺签字"}).status_code == 302
    assert Material.objects.get(case=case, code="application").state == "missing"


def test_a_reward_is_claimed_and_its_money_arranged_on_pages(town: Town, desk: Client, client_for: Callable[..., Client]):
    policy = {
        "document": "示政发〔2022〕6号", "bought_from": "2022-07-01", "bought_to": "2022-12-31", "claim_until": "2099-06-30",
        "judged_by": "filed", "amount_rule": "per_unit", "rate": "3000",
    }  # fmt: skip
    assert "还没有公布购房奖励政策" in desk.get("/housing/claims/reward/").content.decode()
    set_value("housing.reward.policies", [policy], region=REGION, start=date(2022, 1, 1), cite=CITE, by=Actor.system("测试"))
    assert "示政发〔2022〕6号（2022-07-01—2022-12-31，备案日期）" in desk.get("/housing/claims/reward/").content.decode()
    written = {
        "policy": policy["document"], "name": "示例甲", "resident_id": resident_id(720), "contract_no": "HT7", "bought_on": "2022-08-01",
        "area": "", "key": "k7", "material": ["application"],
    }  # fmt: skip
    refused = desk.post("/housing/claims/reward/", written)
    assert (refused.status_code, "建筑面积" in refused.content.decode()) == (422, True)
    receipt = desk.post("/housing/claims/reward/", written | {"area": "98.5"})
    row = PurchaseSubsidy.objects.get()
    assert row.application_no in receipt.content.decode()
    url = f"/housing/purchases/{row.pk}/"
    assert desk.post(f"{url}act/", {"verb": "account", "account": "12", "bank": "示例银行"}).status_code == 422
    assert desk.post(f"{url}act/", {"verb": "account", "account": "6222000000000000123", "bank": "示例银行"}).status_code == 302
    shown = desk.get(url).content.decode()
    assert "6222000000000000123" not in shown
    assert "示例银行" in shown
    assert row.application_no in desk.get("/housing/purchases/?kind=purchase_reward&q=示例").content.decode()
    assert row.application_no not in desk.get("/housing/purchases/?kind=talent_purchase").content.decode()
    answer = client_for(town.reviewer).post(f"{url}act/", {"verb": "return", "receipt": "JK1"})
    assert (answer.status_code, "没有发放过" in answer.content.decode()) == (422, True)
