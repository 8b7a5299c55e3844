"""`anju setup`: the first bureau and its first people, once or many times with the same outcome."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from anju.kernel.access.actor import Actor
from anju.kernel.access.scope import Scope, using_scope
from anju.kernel.errors import AnjuError
from anju.kernel.journal.models import Entry
from anju.kernel.orgs.models import Bureau, Region, Staff, User
from anju.kernel.orgs.queries import actor_of
from anju.site.founding import Person, found_bureau, put_in_post

PASSWORD = "山高-Qw81-水长远-流不息"


def found(by: Actor, **asked: str) -> Bureau:
    given = {"code": "ours", "name": "东原县住房和城乡建设局", "short_name": "东原住建局", "region": "东原县", **asked}
    return found_bureau(**given, by=by).bureau


@pytest.mark.django_db
def test_twice_is_once(city: Region, system: Actor) -> None:
    first = found_bureau(code="ours", name="东原县住房和城乡建设局", short_name="", region="990121", by=system)
    assert (first.made, first.first, first.bureau.region_id) == (True, True, "990121")
    again = found_bureau(code="ours", name="东原县住房和城乡建设局", short_name="", region="东原县", by=system)
    assert (again.made, again.first, again.bureau.pk) == (False, False, first.bureau.pk)
    person = Person("wang", "王例明", roles=("clerk", "reporter"))
    hired = put_in_post(person, first.bureau, by=system, password=PASSWORD)
    assert (hired.hired, hired.granted, hired.password_set) == (True, ("经办人", "办公室文稿"), True)
    with using_scope(Scope.system()):
        entries = Entry.objects.count()
    unchanged = put_in_post(person, first.bureau, by=system, password=None)
    assert (unchanged.hired, unchanged.granted, unchanged.password_set) == (False, (), False)
    with using_scope(Scope.system()):
        assert Entry.objects.count() == entries
        assert User.objects.get(username="wang").check_password(PASSWORD)


@pytest.mark.django_db
def test_a_second_run_adds_roles_reach_and_a_new_password(city: Region, system: Actor) -> None:
    bureau = found(system)
    put_in_post(Person("wang", "王例明", roles=("clerk",)), bureau, by=system, password=None)
    posted = put_in_post(Person("WANG", roles=("clerk", "leader"), reach="region"), bureau, by=system, password=PASSWORD, renew=True)
    assert posted.granted == ("领导",)
    with using_scope(Scope.system()):
        user = User.objects.get(username="wang")
    assert user.check_password(PASSWORD)
    assert actor_of(user).scope == Scope(region="990121")


@pytest.mark.django_db
def test_what_contradicts_is_refused_and_nothing_is_left_behind(city: Region, system: Actor) -> None:
    bureau, other = found(system), found(system, code="theirs", region="西屏县")
    put_in_post(Person("wang", "王例明"), bureau, by=system, password=None)
    refusals = [
        (Person("wang", "李四"), bureau, "setup.person_differs"),
        (Person("wang"), other, "setup.person_differs"),
        (Person("li"), bureau, "setup.no_name"),
        (Person("li", "李例办", roles=("boss",)), bureau, "setup.unknown_role"),
        (Person("li", "李例办", roles=("system_admin", "security_admin")), bureau, "orgs.duties_apart"),
    ]
    for person, where, code in refusals:
        with pytest.raises(AnjuError, match=code):
            put_in_post(person, where, by=system, password=PASSWORD)
    for asked, code in (({"name": "另一个局"}, "setup.bureau_differs"), ({"region": "西屏县"}, "setup.bureau_differs")):
        with pytest.raises(AnjuError, match=code):
            found(system, **asked)
    with pytest.raises(AnjuError, match=r"setup\.incomplete"):
        found(system, code="new", region="")
    with using_scope(Scope.system()):
        assert list(Staff.objects.values_list("user__username", flat=True)) == ["wang"]


def anju(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ANJU_") and "DATABASE_URL" not in name}
    command = [sys.executable, "-m", "anju", "setup", *arguments, "--home", str(home)]
    return subprocess.run(command, env=kept, capture_output=True, text=True, timeout=300, check=False)


def test_the_command_on_an_empty_machine(tmp_path: Path) -> None:
    bureau = ("--bureau", "ours", "--name", "某县住房和城乡建设局", "--region", "含山县")
    made = anju(tmp_path, *bureau, "--person", "wang", "--person-name", "王例明", "--roles", "clerk,reporter")
    assert made.returncode == 0, made.stderr
    assert "已建立单位 bureau ours" in made.stdout
    assert "授予 经办人、办公室文稿" in made.stdout
    assert "密码只显示这一次" in made.stdout
    assert (tmp_path / "bureau").read_text(encoding="utf-8") == "ours"
    again = anju(tmp_path, "--person", "wang", "--roles", "clerk")
    assert again.returncode == 0, again.stderr
    assert "没有改动" in again.stdout
    assert "密码" not in again.stdout
    wrong = anju(tmp_path, "--person", "li", "--person-name", "李例办", "--roles", "boss")
    assert wrong.returncode == 3
    assert "clerk（经办人）" in wrong.stderr
    assert anju(tmp_path, "--name", "没有代码").returncode == 2
