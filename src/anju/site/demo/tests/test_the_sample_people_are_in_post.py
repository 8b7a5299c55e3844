"""The sample city is entered by actions, once; entering it again renews the demo password and nothing else."""

from __future__ import annotations

from django.contrib.auth import authenticate
from django.test import RequestFactory

from anju.kernel.access.actor import Actor
from anju.kernel.access.scope import Scope, using_scope
from anju.kernel.journal.models import Entry
from anju.kernel.orgs.models import Bureau, Region, Staff
from anju.site.demo.people_in_post import OUR_PEOPLE, SIGN_IN, settle
from anju.site.demo.regions import COUNTIES

PASSWORD, LATER = "云川-Kx7-练习用口令", "云川-Wn4-另一个口令"


def test_bureaus_and_people_are_entered_once(db: None, system: Actor):
    clerks = settle(by=system, password=PASSWORD)
    with using_scope(Scope.system()):
        counts = [model.objects.filter(is_sample=True).count() for model in (Region, Bureau, Staff)]
        entries = Entry.objects.count()
        assert settle(by=system, password=LATER) == clerks
        assert [model.objects.filter(is_sample=True).count() for model in (Region, Bureau, Staff)] == counts
        assert Entry.objects.count() == entries + 1
    assert counts == [11, 10, len(OUR_PEOPLE) + len(COUNTIES)]


def test_each_clerk_writes_for_its_own_bureau_only(db: None, system: Actor):
    clerks = settle(by=system, password=PASSWORD)
    assert list(clerks) == [county.bureau for county in COUNTIES]
    for county in COUNTIES:
        clerk = clerks[county.bureau]
        assert clerk.scope == Scope(county.region, clerk.bureau_id)
        assert clerk.may("ledgers.import")


def test_the_demo_user_signs_in_with_the_newest_password(db: None, system: Actor):
    settle(by=system, password=PASSWORD)
    settle(by=system, password=LATER)
    request = RequestFactory().post("/accounts/login/")
    with using_scope(Scope.system()):
        assert authenticate(request, username=SIGN_IN, password=PASSWORD) is None
        assert authenticate(request, username=SIGN_IN, password=LATER) is not None
