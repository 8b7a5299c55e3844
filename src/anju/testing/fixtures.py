"""A made-up city with counties, bureaus and people, as fixtures."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from django.test.utils import override_settings

from anju.kernel.access.actor import Actor
from anju.kernel.access.scope import Scope, using_scope
from anju.kernel.orgs.models import Bureau, Region, Staff
from anju.testing.factories import make_actor, make_bureau, make_city


@pytest.fixture(scope="session", autouse=True)
def quick_passwords() -> Iterator[None]:
    """Hash passwords quickly: how slow the real hash is, is Django's business."""
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield


@pytest.fixture
def system() -> Actor:
    """The installation itself."""
    return Actor.system("测试")


@pytest.fixture
def city(db: None) -> Region:
    """示例省 云川市 and its counties 东原县 (990121) and 西屏县 (990122)."""
    with using_scope(Scope.system()):
        return make_city()


@pytest.fixture
def bureau(city: Region) -> Bureau:
    """东原县房产服务中心."""
    with using_scope(Scope.system()):
        return make_bureau("dongyuan", "990121")


@pytest.fixture
def other_bureau(city: Region) -> Bureau:
    """西屏县房产服务中心: the neighbour nobody of 东原县 may look into."""
    with using_scope(Scope.system()):
        return make_bureau("xiping", "990122")


@pytest.fixture
def city_bureau(city: Region) -> Bureau:
    """云川市房产服务中心."""
    with using_scope(Scope.system()):
        return make_bureau("yunchuan", "9901")


@pytest.fixture
def county_clerk(bureau: Bureau) -> Actor:
    """A clerk and reporter of 东原县 (enters, imports, closes, builds and freezes reports), own bureau only."""
    with using_scope(Scope.system()):
        return make_actor(bureau, "clerk", "reviewer", "reporter")


@pytest.fixture
def other_county_clerk(other_bureau: Bureau) -> Actor:
    """The same in 西屏县."""
    with using_scope(Scope.system()):
        return make_actor(other_bureau, "clerk", "reviewer", "reporter")


@pytest.fixture
def city_reader(city_bureau: Bureau) -> Actor:
    """Reads the whole city, changes nothing."""
    with using_scope(Scope.system()):
        return make_actor(city_bureau, "city_reader", reach="region")


@pytest.fixture
def system_admin(bureau: Bureau) -> Actor:
    """系统管理员 of 东原县: people and posts, no data, no audit."""
    with using_scope(Scope.system()):
        return make_actor(bureau, "system_admin")


@pytest.fixture
def security_admin(bureau: Bureau) -> Actor:
    """安全管理员 of 东原县: grants roles, does no business."""
    with using_scope(Scope.system()):
        return make_actor(bureau, "security_admin")


@pytest.fixture
def audit_admin(bureau: Bureau) -> Actor:
    """审计管理员 of 东原县: reads the journal, changes nothing."""
    with using_scope(Scope.system()):
        return make_actor(bureau, "audit_admin")


@pytest.fixture
def client_for() -> Callable[[Actor], Client]:
    """`client_for(actor)`: a test browser in which this person is signed in."""

    def signed_in(actor: Actor) -> Client:
        with using_scope(Scope.system()):
            user = Staff.objects.select_related("user").get(pk=actor.staff_id or 0).user
        browser = Client()
        browser.force_login(user)
        return browser

    return signed_in
