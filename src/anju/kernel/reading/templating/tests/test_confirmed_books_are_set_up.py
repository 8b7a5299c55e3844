"""A confirmed proposal becomes a ledger with its table, a fact and indicators at once, and maps the figures it was read from."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from anju.kernel.access.scope import Scope, using_scope
from anju.kernel.errors import AnjuError
from anju.kernel.figures.catalogue import all_indicators
from anju.kernel.ledgers import catalogue as ledgers
from anju.kernel.reading import actions
from anju.kernel.reading.queries import opened
from anju.kernel.reading.templating.founding import confirm
from anju.kernel.reading.templating.proposals import propose
from anju.testing.factories import make_actor, make_bureau, make_city

WORDS = "2023年上半年，窗口业务练兵比武6次。"


@pytest.fixture
def own_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    monkeypatch.setenv("ANJU_HOME", str(tmp_path))
    ledgers.forget()
    yield tmp_path
    ledgers.forget()


def test_a_book_is_there_and_the_figure_is_its_indicator(fresh_db: str, own_home: Path) -> None:
    with using_scope(Scope.system()):
        make_city()
        by = make_actor(make_bureau("dongyuan-books", "990121"), "reporter")
    row = actions.hand_in(WORDS.encode(), "报告.txt", by=by)
    view = opened(row.pk, by=by)
    (offered,) = propose(view.reading, view.choices)
    with pytest.raises(AnjuError, match="不在建议之中"):
        confirm(row.pk, ["own_nothing"], by=by)
    confirm(row.pk, [offered.ledger], by=by)
    assert offered.ledger in ledgers.all_ledgers()
    (proposed,) = offered.indicators
    assert all_indicators()[proposed.key].unit.name == "次"
    choice = opened(row.pk, by=by).choices[0]
    assert (choice.state, choice.reference) == ("remembered", proposed.key)
