"""The page part for files: listed, added with words for what is refused, handed out safely, made void."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template import engines
from django.test import Client, RequestFactory

from anju.kernel.access.actor import Actor
from anju.kernel.files import actions
from anju.kernel.files.tests import samples
from anju.kernel.files.uses import EVIDENCE

pytestmark = pytest.mark.django_db
CASE = "case:17"


def _part(by: Actor) -> str:
    request = RequestFactory().get("/cases/17/")
    request.actor = by  # type: ignore[attr-defined]
    template = engines["django"].from_string('{% load files %}{% files "case:17" use="evidence" title="现场照片" %}')
    return str(template.render({"csrf_token": "t"}, request))


def test_what_is_sent_is_kept_and_what_is_refused_says_why(county_clerk: Actor, client_for: Callable[[Actor], Client]) -> None:
    browser = client_for(county_clerk)
    sent = [
        SimpleUploadedFile("现场.jpg", samples.evidence_photo()),
        SimpleUploadedFile("木马.jpg", b"MZ\x90"),
    ]
    answer = browser.post(f"/files/add/{CASE}/", {"file": sent, "use": "evidence", "next": "/"}, follow=True)
    words = answer.content.decode()
    assert "已上传 1 个文件" in words
    assert "木马.jpg：这是可以运行的程序或脚本" in words
    part = _part(county_clerk)
    for seen in ("现场照片", "现场.jpg", "拍摄于 2023-05-16 09:30", "北纬 31.710000° 东经 118.500000°", 'name="file"'):
        assert seen in part


def test_a_reader_sees_and_changes_nothing(county_clerk: Actor, city_reader: Actor, audit_admin: Actor) -> None:
    actions.add_file(io.BytesIO(samples.photo()), "现场.jpg", use=EVIDENCE, subject=CASE, by=county_clerk)
    part = _part(city_reader)
    assert "现场.jpg" in part
    assert 'name="file"' not in part
    assert "作废" not in part
    assert _part(audit_admin).strip() == ""


def test_a_file_goes_out_as_a_file_and_never_as_a_page(county_clerk: Actor, client_for: Callable[[Actor], Client]) -> None:
    stored = actions.add_file(io.BytesIO(samples.photo()), "现场 照片.jpg", use=EVIDENCE, subject=CASE, by=county_clerk)
    answer = client_for(county_clerk).get(f"/files/{stored.pk}/")
    assert answer.content == samples.photo()
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    small = client_for(county_clerk).get(f"/files/{stored.pk}/small/")
    assert (small["Content-Type"], small.content[:3]) == ("image/jpeg", b"\xff\xd8\xff")


def test_a_neighbour_finds_nothing(county_clerk: Actor, other_county_clerk: Actor, client_for: Callable[[Actor], Client]) -> None:
    stored = actions.add_file(io.BytesIO(samples.photo()), "现场.jpg", use=EVIDENCE, subject=CASE, by=county_clerk)
    browser = client_for(other_county_clerk)
    for address in (f"/files/{stored.pk}/", f"/files/{stored.pk}/small/", f"/files/{stored.pk}/void/"):
        assert browser.get(address).status_code in (404, 422)


def test_void_asks_why(county_clerk: Actor, client_for: Callable[[Actor], Client]) -> None:
    stored = actions.add_file(io.BytesIO(samples.photo()), "现场.jpg", use=EVIDENCE, subject=CASE, by=county_clerk)
    browser = client_for(county_clerk)
    assert browser.post(f"/files/{stored.pk}/void/", {"reason": " ", "next": "/"}).status_code == 422
    done = browser.post(f"/files/{stored.pk}/void/", {"reason": "拍错了地方", "next": "https://elsewhere.example/"})
    assert (done.status_code, done["Location"]) == (302, "/")
    assert browser.get(f"/files/{stored.pk}/").status_code in (404, 422)
