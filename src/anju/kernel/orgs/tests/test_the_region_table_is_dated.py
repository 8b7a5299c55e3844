"""Divisions of the edition, read as of a day."""

from __future__ import annotations

import datetime
import time

import pytest

from anju.kernel.access.actor import Actor
from anju.kernel.access.scope import Scope, using_scope
from anju.kernel.errors import AnjuError
from anju.kernel.journal.models import Change, Entry
from anju.kernel.orgs.divisions import EDITION, load_divisions
from anju.kernel.orgs.models import Region
from anju.kernel.orgs.regions import children, in_force, path_names, region_at, siblings

pytestmark = pytest.mark.django_db
DAY = datetime.date(2023, 6, 30)


def test_the_installation_brings_the_whole_edition_in_one_action(system: Actor) -> None:
    assert Region.objects.filter(valid_from=EDITION).count() == 31 + 342 + 2978 + 41352
    with using_scope(Scope.system()):
        entry = Entry.objects.get(verb="orgs.load_divisions")
        assert Change.objects.filter(entry_id=entry.pk).count() == entry.data["added"] == 44703
        assert load_divisions(system) == 0


def test_a_missing_division_comes_back_and_a_corrected_one_stays(system: Actor) -> None:
    with using_scope(Scope.system()):
        Region.objects.filter(code="110101001").delete()
        Region.objects.filter(code="110101").update(name="东城区（已更正）")
        began = time.monotonic()
        assert load_divisions(system) == 1
        assert time.monotonic() - began < 5
    assert Region.objects.get(code="110101001").name == "东华门街道"
    assert Region.objects.get(code="110101").name == "东城区（已更正）"


def test_children_siblings_and_path() -> None:
    assert [region.name for region in children("1301")][:3] == ["长安区", "桥西区", "新华区"]
    assert siblings("130102").count() == children("1301").count()
    assert path_names("110101001") == ["北京市", "东城区", "东华门街道"]
    assert path_names("1101") == ["北京市", "市辖区"]


def test_a_division_that_ended_leads_to_its_successor(system: Actor) -> None:
    with using_scope(Scope.system()):
        Region.objects.create(code="96", name="新省", level=1, valid_from=datetime.date(2022, 1, 1), is_sample=True)
        Region.objects.create(
            code="97", name="旧省", level=1, valid_from=datetime.date(2000, 1, 1), valid_to=datetime.date(2022, 1, 1), successor_id="96"
        )
    assert region_at("97", DAY).name == "新省"
    assert region_at("97", datetime.date(2021, 12, 31)).name == "旧省"
    alive = set(in_force(DAY).filter(code__in=["96", "97", "13"]).values_list("code", flat=True))
    assert alive == {"96", "13"}


def test_an_unknown_code_says_so() -> None:
    with pytest.raises(AnjuError, match="orgs.unknown_region"):
        region_at("0", DAY)
