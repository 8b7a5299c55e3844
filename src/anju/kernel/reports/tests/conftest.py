from __future__ import annotations

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.db import connections

from anju.kernel.access.actor import Actor
from anju.kernel.access.scope import Scope, using_scope
from anju.kernel.figures import catalogue
from anju.kernel.figures.periods import Period
from anju.kernel.figures.tests import figure_samples, samples
from anju.kernel.orgs.models import Bureau
from anju.kernel.reports.building import build
from anju.kernel.reports.built import Built
from anju.kernel.reports.template import Template, parse_template
from anju.kernel.reports.validation import check_template
from anju.testing.factories import make_actor, make_bureau, make_city
from anju.testing.plugin import clone, drop, point_at

MORE_INDICATORS = """
sample.ranked:
  {name: 排名套数, unit: 套, fact: sample_sale, count: rows, by: filed_on, rank: {order: desc}, source: 示例, meaning: 备案套数。}
sample.home_amount:
  {name: 住宅销售额, unit: 元, show: 亿元, round: 2, fact: sample_sale, sum: amount, where: {use: home}, by: filed_on,
   source: 示例, meaning: 住宅。}
sample.shop_amount:
  {name: 商业销售额, unit: 元, show: 亿元, round: 2, fact: sample_sale, sum: amount, where: {use: shop}, by: filed_on,
   source: 示例, meaning: 商业。}
"""

HEAD = """---
title: "{期间}工作情况的报告"
addressee: 县委、县政府
number: 东房〔{年}〕{文号}号
signed_by: "{单位}"
---
"""


def read(body: str, *, head: str = HEAD) -> Template:
    """A template of the test's own, read and checked as those of the product are."""
    template = parse_template(head + body, name="test/reports/测试.txt", stem="测试", slice_name="test")
    problems = check_template(template)
    assert problems == [], "\n".join(map(str, problems))
    return template


@dataclass(frozen=True)
class County:
    """东原县 with its books of sample sales. `by`: its reporter; `neighbour`: the one of 西屏县."""

    bureau: Bureau
    by: Actor
    neighbour: Actor
    system: Actor

    def sell(self, count: int, *, on: str = "2023-03-01", **given: Any) -> None:
        """So many sales filed on a day, each of 500 000元 and 98.40㎡ unless said otherwise."""
        row = {"region_code": "990121", "bureau_id": self.bureau.pk, "filed_on": datetime.date.fromisoformat(on), **given}
        samples.add(self.system, *(samples.sale(**row) for _ in range(count)))

    def report(self, body: str, *, head: str = HEAD, period: str = "2023H1", **given: Any) -> Built:
        return build(read(body, head=head), Period.parse(period), by=self.by, **given)


@contextmanager
def _settled(home: Path) -> Iterator[County]:
    with (
        pytest.MonkeyPatch.context() as patch,
        samples.declared(samples.sample_fact()),
        figure_samples.indicators(home, figure_samples.INDICATORS + MORE_INDICATORS),
    ):
        patch.setenv("ANJU_HOME", str(home))
        # Read now that the folder is the installation's own.
        catalogue.reload()
        with using_scope(Scope.system()):
            make_city()
            bureau, other = make_bureau("dongyuan", "990121"), make_bureau("xiping", "990122")
            by, neighbour = make_actor(bureau, "clerk", "reporter"), make_actor(other, "clerk", "reporter")
        yield County(bureau, by, neighbour, Actor.system("测试"))


@pytest.fixture
def county(fresh_db: str, tmp_path: Path) -> Iterator[County]:
    """A committed county with an empty table of sales and indicators over it."""
    samples.make_table()
    with _settled(tmp_path) as settled:
        yield settled


@pytest.fixture(scope="module")
def county_to_read(
    django_db_setup: None, django_db_blocker: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[County]:
    """The same for all tests of a module, with four sales; the tests only read. Not to be mixed with `county` in one module."""
    before, name = connections["default"].settings_dict["NAME"], f"anju_fresh_{uuid4().hex[:12]}"
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        clone(name)
        point_at(name)
        try:
            samples.make_table()
            with _settled(tmp_path_factory.mktemp("home")) as settled:
                settled.sell(3)
                settled.sell(1, use="shop")
                yield settled
        finally:
            point_at(before)
            drop(name)
