"""Made-up regions, bureaus and people for tests. Build them inside `using_scope(Scope.system())`; the fixtures do."""

# factory_boy carries no types.
# mypy: disable-error-code="no-untyped-call, attr-defined, untyped-decorator, assignment, misc, type-arg, no-any-return"

from __future__ import annotations

from typing import Any

import factory
from factory.django import DjangoModelFactory

from anju.kernel.access.actor import Actor
from anju.kernel.journal.actions import action
from anju.kernel.orgs.divisions import EDITION
from anju.kernel.orgs.models import Bureau, Department, Region, Role, Staff, StaffRole, User
from anju.kernel.orgs.queries import actor_of

PASSWORD = "云川-Kx7-练习用口令"
"""The password of every made-up person."""


class RegionFactory(DjangoModelFactory[Region]):
    """A sample division; codes below 99 are real places. The parent follows from the code and must be there."""

    class Meta:
        model = Region
        django_get_or_create = ("code",)

    code = "990121"
    name = factory.LazyAttribute(lambda made: f"示例{made.code}")
    level = factory.LazyAttribute(lambda made: {2: 1, 4: 2, 6: 3, 9: 4, 12: 5}[len(made.code)])
    parent_id = factory.LazyAttribute(lambda made: {2: None, 4: made.code[:2], 6: made.code[:4], 9: made.code[:6]}[len(made.code)])
    valid_from = EDITION
    is_sample = True


class BureauFactory(DjangoModelFactory[Bureau]):
    """A bureau in a sample county."""

    class Meta:
        model = Bureau

    code = factory.Sequence(lambda number: f"bureau-{number}")
    name = factory.LazyAttribute(lambda made: f"{made.region.name}房产服务中心")
    short_name = factory.LazyAttribute(lambda made: f"{made.region.name}房产中心"[:20])
    region = factory.SubFactory(RegionFactory)
    is_sample = True


class DepartmentFactory(DjangoModelFactory[Department]):
    """A section of a bureau."""

    class Meta:
        model = Department

    bureau = factory.SubFactory(BureauFactory)
    name = factory.Sequence(lambda number: f"第{number}股")


class UserFactory(DjangoModelFactory[User]):
    """A sign-in with the password PASSWORD."""

    class Meta:
        model = User

    username = factory.Sequence(lambda number: f"person{number}")
    password = factory.django.Password(PASSWORD)


class StaffFactory(DjangoModelFactory[Staff]):
    """A person in a post; `StaffFactory(holding=["clerk"])` holds roles."""

    class Meta:
        model = Staff
        skip_postgeneration_save = True

    user = factory.SubFactory(UserFactory)
    bureau = factory.SubFactory(BureauFactory)
    name = factory.Sequence(lambda number: f"示例人员{number}")
    region = factory.SelfAttribute("bureau.region")
    is_sample = True

    @factory.post_generation
    def holding(self: Staff, create: bool, roles: list[str] | None, **kwargs: Any) -> None:
        for code in roles or []:
            StaffRole.objects.create(staff=self, role=Role.objects.get(code=code), granted_by="测试")


def make_city() -> Region:
    """示例省 云川市 with the counties 东原县 (990121) and 西屏县 (990122); returns the city. Twice is once."""
    with action("testing.make_city", by=Actor.system("测试")):
        RegionFactory(code="99", name="示例省")
        city: Region = RegionFactory(code="9901", name="云川市")
        RegionFactory(code="990121", name="东原县")
        RegionFactory(code="990122", name="西屏县")
    return city


def make_bureau(code: str, region: str, **fields: Any) -> Bureau:
    """A bureau in a sample region, entered by an action; the existing one when the code is taken."""
    with action("testing.make_bureau", by=Actor.system("测试")):
        there = Bureau.objects.filter(code=code).first()
        bureau: Bureau = there or BureauFactory(code=code, region=Region.objects.get(code=region), **fields)
    return bureau


def make_actor(bureau: Bureau, *roles: str, **post: Any) -> Actor:
    """A person of this bureau holding these roles, as the actor they are once signed in."""
    with action("testing.make_actor", by=Actor.system("测试")):
        staff: Staff = StaffFactory(bureau=bureau, holding=list(roles), **post)
    return actor_of(staff.user)
