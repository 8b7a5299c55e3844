"""工作日历: a year at a glance, a notice pasted, checked and entered; 算期限 with its account."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest
from django.test import Client

from anju.kernel.access.actor import Actor
from anju.kernel.access.scope import Scope, using_scope
from anju.kernel.calendar.models import Notice
from anju.kernel.calendar.queries import working_days
from anju.kernel.orgs.models import Bureau
from anju.testing.factories import make_actor

pytestmark = pytest.mark.django_db
SignIn = Callable[[Actor], Client]
PAPER = {"number": "示例办发明电〔2026〕9号", "title": "示例通知", "dated": "2025-12-01", "year": "2027", "url": ""}
TEXT = "一、元旦：1月1日（周五）至3日（周日）放假，共3天。\n二、春节：2月5日（周五）至11日（周四）放假调休，共7天。2月13日（周六）上班。"


@pytest.fixture
def office(bureau: Bureau) -> Actor:
    with using_scope(Scope.system()):
        return make_actor(bureau, "reporter")


def test_a_year_shows_its_days_off_and_the_notice_behind_them(audit_admin: Actor, client_for: SignIn) -> None:
    shown = client_for(audit_admin).get("/calendar/2025/").content.decode()
    assert "工作日 248 天，放假 28 天，调休上班 5 天" in shown
    assert "国办发明电〔2024〕12号" in shown
    assert "2025-10-06 周一，国庆节、中秋节放假" in shown
    changed = client_for(audit_admin).get("/calendar/2020/").content.decode()
    assert "国务院办公厅关于延长2020年春节假期的通知" in changed


def test_an_unknown_year_is_said_to_be_unknown(office: Actor, audit_admin: Actor, client_for: SignIn) -> None:
    assert "2027年的放假安排还没有录入" in client_for(office).get("/calendar/2027/").content.decode()
    assert "calendar/notices/new" not in client_for(audit_admin).get("/calendar/2027/").content.decode()
    assert client_for(audit_admin).get("/calendar/notices/new/").status_code == 403
    assert client_for(office).get("/calendar/9999/").status_code == 404


def test_a_notice_is_read_checked_and_entered(office: Actor, client_for: SignIn) -> None:
    browser = client_for(office)
    assert browser.get("/calendar/notices/new/").status_code == 200
    checked = browser.post("/calendar/notices/new/", {**PAPER, "text": TEXT}).content.decode()
    assert "读出 11 天" in checked
    assert not Notice.objects.filter(year=2027).exists()
    assert browser.post("/calendar/notices/new/", {**PAPER, "text": TEXT, "step": "enter"}).status_code == 302
    assert not working_days().is_working(datetime.date(2027, 2, 8))
    made = Notice.objects.get(year=2027)
    assert "2027-02-13" in browser.get(f"/calendar/notices/{made.pk}/").content.decode()
    assert "工作日" in browser.get("/calendar/2027/").content.decode()

    again = browser.get(f"/calendar/notices/{made.pk}/correct/").content.decode()
    assert "2027-02-13 上班 春节" in again
    fixed = {**PAPER, "text": TEXT.replace("13日（周六）", "14日（周日）"), "reason": "看错一日", "step": "enter"}
    assert browser.post(f"/calendar/notices/{made.pk}/correct/", fixed).status_code == 302
    assert working_days().is_working(datetime.date(2027, 2, 14))
    assert "已更正，不再适用" in browser.get(f"/calendar/notices/{made.pk}/").content.decode()


def test_what_is_wrong_with_a_notice_is_said(office: Actor, client_for: SignIn) -> None:
    browser = client_for(office)
    for wrong, said in (
        ({"text": TEXT.replace("周五）至3日", "周四）至3日")}, "是周五，写的是周四"),
        ({"text": "请遵照执行"}, "没有读出任何日期"),
        ({"year": ""}, "没有写年份"),
        ({"dated": "昨天"}, "不是日期"),
        ({"number": "", "step": "enter"}, "没有写发文字号"),
        ({"year": "2028", "text": "2028-01-01 放假 元旦", "step": "enter"}, "下一份应是2027年"),
    ):
        answer = browser.post("/calendar/notices/new/", {**PAPER, "text": TEXT, **wrong})
        assert answer.status_code == 422
        assert said in answer.content.decode()
    assert not Notice.objects.filter(year__gte=2027).exists()


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("start=2025-09-26&count=7&unit=wd", "最后一日：2025年10月13日"),
        ("start=2025-07-07&count=90&unit=cd", "顺延至其后第一个工作日10月9日"),
        ("start=2025-09-05&count=1&unit=mo&roll=previous", "最后一日：2025年9月30日"),
        ("start=2025-06-06&count=15&unit=wd&stop1=2025-06-12&resume1=2025-06-25", "最后一日：2025年7月11日"),
        ("start=2025-06-06&count=15&unit=wd&stop1=2025-06-12", "正在中止"),
    ],
)
def test_a_limit_is_counted_and_accounted_for(audit_admin: Actor, client_for: SignIn, asked: str, said: str) -> None:
    answer = client_for(audit_admin).get(f"/calendar/reckon/?{asked}")
    assert answer.status_code == 200
    assert said in answer.content.decode()


@pytest.mark.parametrize(
    "asked",
    [
        "start=&count=7",
        "start=x&count=7",
        "start=2025-09-26&count=0",
        "start=2025-09-26&count=999999999999",
        "start=2025-09-26&count=7&unit=h",
        "start=2026-12-20&count=60&unit=wd",
        "start=1949-10-01&count=7&unit=wd",
        "start=2025-09-26&count=7&stop1=2025-10-09&resume1=2025-10-01",
        "start=9999-12-31&count=70&unit=yr",
    ],
)
def test_a_question_without_an_answer_is_refused(audit_admin: Actor, client_for: SignIn, asked: str) -> None:
    assert client_for(audit_admin).get(f"/calendar/reckon/?{asked}").status_code == 422
