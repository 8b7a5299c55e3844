"""Empty, overlong and misshapen names are said with their field; a region is found by code or by name."""

from __future__ import annotations

import pytest

from anju.kernel.access.actor import Actor
from anju.kernel.access.scope import Scope, using_scope
from anju.kernel.errors import AnjuError
from anju.kernel.orgs.actions import add_bureau, add_department, hire_staff
from anju.kernel.orgs.models import Bureau, Region
from anju.kernel.orgs.regions import find_region

pytestmark = pytest.mark.django_db


def test_every_bad_field_is_named(city: Region, system: Actor) -> None:
    with pytest.raises(AnjuError) as refused:
        add_bureau(code="东原 1", name="", short_name="长" * 21, region=city, by=system)
    assert {problem.where for problem in refused.value.problems} == {"代码", "名称", "简称"}


def test_a_section_and_a_person_need_names(bureau: Bureau, system: Actor) -> None:
    with pytest.raises(AnjuError, match=r"orgs\.bad_value"):
        add_department(bureau=bureau, name="", by=system)
    for username, name in (("", "某人"), ("a b", "某人"), ("somebody", "")):
        with pytest.raises(AnjuError, match=r"orgs\.bad_value"):
            hire_staff(bureau=bureau, username=username, name=name, by=system)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("990121", "990121"),
        ("东原县", "990121"),
        ("云川市东原县", "990121"),
        ("340500", "3405"),
        ("340000", "34"),
        ("江苏省南京市鼓楼区", "320106"),
    ],
)
def test_a_region_is_found_by_code_or_name(city: Region, text: str, code: str) -> None:
    with using_scope(Scope.system()):
        assert find_region(text).code == code


@pytest.mark.parametrize(
    ("text", "code", "told"),
    [
        ("鼓楼区", "orgs.ambiguous_region", "320106 江苏省南京市鼓楼区"),
        ("东原市", "orgs.unknown_region", "990121"),
        ("999999", "orgs.unknown_region", "区划代码"),
        ("", "orgs.unknown_region", "区划代码"),
    ],
)
def test_several_or_none_are_told_with_the_choices(city: Region, text: str, code: str, told: str) -> None:
    with using_scope(Scope.system()), pytest.raises(AnjuError, match=code) as refused:
        find_region(text)
    assert told in refused.value.problems[0].advice
