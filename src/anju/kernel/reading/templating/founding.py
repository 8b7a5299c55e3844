"""Set up the books an officer confirmed: pages in ANJU_HOME, tables made, facts and indicators known at once."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from anju.kernel.access.actor import Actor
from anju.kernel.database.home import home_dir
from anju.kernel.errors import AnjuError
from anju.kernel.figures import catalogue as indicator_catalogue
from anju.kernel.figures.views import sync_views
from anju.kernel.journal.actions import action
from anju.kernel.ledgers import catalogue as ledger_catalogue
from anju.kernel.ledgers import tables
from anju.kernel.ledgers.reading import read_ledger_file
from anju.kernel.reading.actions import decide
from anju.kernel.reading.queries import opened
from anju.kernel.reading.templating.proposals import Proposal, propose

MOST = 100


def confirm(number: int, ledgers: Sequence[str], *, by: Actor) -> tuple[Proposal, ...]:
    """Set up the proposed ledgers of these names with their indicators, and map the figures they were read from.

    Raises AnjuError `reading.unknown_proposal`, or what is wrong with a page; nothing is set up then.
    """
    by.require("reports.build")
    view = opened(number, by=by)
    offered = {proposal.ledger: proposal for proposal in propose(view.reading, view.choices)}
    missing = [name for name in ledgers if name not in offered]
    if missing or len(ledgers) > MOST:
        raise AnjuError.of("reading.unknown_proposal", "有的台账不在建议之中，文稿可能已经变化。", advice="请刷新页面后重新勾选。")
    chosen = tuple(offered[name] for name in ledgers)
    data = {"ledgers": list(ledgers)}
    with action("reading.set_up_books", by=by, subject=f"reading_readtext:{number}", data=data):
        written = _write(chosen)
        try:
            _take_up()
        except AnjuError:
            for path in written:
                path.unlink(missing_ok=True)
            _forget()
            raise
    for proposal in chosen:
        for indicator in proposal.indicators:
            decide(number, view.reading.figures[indicator.figure].start, indicator.key, by=by)
    return chosen


def _write(chosen: Sequence[Proposal]) -> list[Path]:
    written = []
    for folder in ("ledgers", "indicators"):
        (home_dir() / folder).mkdir(parents=True, exist_ok=True)
    for proposal in chosen:
        for folder, text in (("ledgers", proposal.ledger_yaml), ("indicators", proposal.indicators_yaml)):
            path = home_dir() / folder / f"{proposal.ledger}.yaml"
            if not path.exists():
                path.write_text(text, encoding="utf-8")
                written.append(path)
        read_ledger_file(home_dir() / "ledgers" / f"{proposal.ledger}.yaml", file=f"ledgers/{proposal.ledger}.yaml", slice="local")
    return written


def _take_up() -> None:
    _forget()
    tables.sync()
    sync_views()
    indicator_catalogue.reload()
    indicator_catalogue.all_indicators()


def _forget() -> None:
    ledger_catalogue.forget()
    indicator_catalogue.reload()
