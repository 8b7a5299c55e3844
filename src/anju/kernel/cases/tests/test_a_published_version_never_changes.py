"""Running cases keep the version they began with; an edited page without a new version is a problem with file and line."""

from __future__ import annotations

import pytest

from anju.kernel.access.actor import Actor
from anju.kernel.access.scope import Scope, using_scope
from anju.kernel.cases import actions
from anju.kernel.cases.models import Case, MatterVersion
from anju.kernel.errors import AnjuError
from anju.kernel.orgs.models import Bureau
from anju.testing.matters import matters_for_test

OLD = """
kept_version:
  name: 版本事项
  prefix: KV
  version: 2026-01
  applicants: [person]
  source: 示例
  refusals: {unfit: 不符合}
  clock: {limit: 20wd}
  stages:
    - accept: {role: clerk, limit: 5wd}
    - review: {name: 审查, role: reviewer}
"""
NEW = OLD.replace("2026-01", "2026-02").replace("    - review", "    - look: {name: 勘查, role: clerk}\n    - review")


def test_a_running_case_keeps_its_version(bureau: Bureau) -> None:
    by = Actor.system("测试")
    with using_scope(Scope.system()):
        with matters_for_test(OLD):
            old = actions.open_case("kept_version", applicant=actions.Applicant("示例"), bureau=bureau, by=by)
        with matters_for_test(NEW):
            new = actions.open_case("kept_version", applicant=actions.Applicant("示例"), bureau=bureau, by=by)
            assert actions.accept(old, by=by).stage == "review"
            assert actions.accept(new, by=by).stage == "look"
        assert Case.objects.get(pk=old.pk).matter_version.version == "2026-01"
        assert MatterVersion.objects.filter(matter="kept_version").count() == 2


def test_an_edited_page_without_a_new_version_is_refused(bureau: Bureau) -> None:
    with matters_for_test(OLD):
        pass
    edited = OLD.replace("role: reviewer", "role: leader")
    with pytest.raises(AnjuError, match=r"test.yaml:5.*version_published"), matters_for_test(edited):
        pass
    with matters_for_test(OLD + "# 只是注释\n"):
        pass
