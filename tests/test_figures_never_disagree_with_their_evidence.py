"""Random entries, edits, voids, imports, failures and refreshes: a figure never disagrees with its evidence nor with the books."""

from __future__ import annotations

import contextlib
import datetime
import itertools
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, multiple, precondition, rule, run_state_machine_as_test

from anju.kernel.access.actor import Actor
from anju.kernel.access.scope import Scope, using_scope
from anju.kernel.figures import snapshots
from anju.kernel.figures.compute import evaluate
from anju.kernel.figures.engines.compiled import CompiledEngine
from anju.kernel.figures.engines.duckdb import DuckDBEngine
from anju.kernel.figures.engines.postgres import PostgresEngine
from anju.kernel.figures.evidence import evidence
from anju.kernel.figures.models import Snapshot
from anju.kernel.figures.periods import Period
from anju.kernel.figures.planning import Request
from anju.kernel.journal.verifying import verify
from anju.kernel.ledgers import actions, imports
from anju.kernel.ledgers.catalogue import get
from anju.testing.factories import make_actor, make_bureau, make_city

LEDGER = "existing_home_contract"
PERIODS = [Period.parse(code) for code in ("2022", "2023H1")]
KEYS = ("market.existing_homes.contracts", "market.existing_homes.area", "market.existing_homes.amount")
HEADERS = "合同编号,房屋坐落,用途,卖方,买方,建筑面积,成交金额,备案日期,状态"


class Crash(Exception):
    """The process dies here."""


@dataclass(frozen=True)
class Contract:
    """A row of the book as it should be."""

    number: str
    filed_on: datetime.date
    area: Decimal
    amount_fen: int
    filed: bool = True

    def written(self) -> dict[str, str]:
        return {
            "contract_no": self.number,
            "location": "示例路1号",
            "use": "住宅",
            "seller": "甲",
            "buyer": "乙",
            "area": str(self.area),
            "amount": f"{Decimal(self.amount_fen) / 100}",
            "filed_on": self.filed_on.isoformat(),
            "state": "已备案" if self.filed else "已撤销",
        }


contracts = st.builds(
    Contract,
    number=st.just(""),
    filed_on=st.dates(datetime.date(2022, 1, 1), datetime.date(2023, 6, 30)),
    area=st.integers(2_000, 20_000).map(lambda hundredths: Decimal(hundredths) / 100),
    amount_fen=st.integers(100_000, 10**10),
    filed=st.booleans(),
)


class Books(RuleBasedStateMachine):
    """One bureau's book of existing-home contracts beside what it should contain."""

    folder: Path
    numbers = itertools.count(1)
    live = Bundle("live")

    def __init__(self) -> None:
        super().__init__()
        at = next(self.numbers)
        with using_scope(Scope.system()):
            self.by: Actor = make_actor(make_bureau(f"books-{at}", "990121"), "clerk", "reviewer", "reporter")
        self.prefix = f"B{at}"
        self.ledger = get(LEDGER)
        self.book: dict[int, Contract] = {}
        self.snapshot: Snapshot | None = None
        self.as_of_snapshot: list[Contract] = []
        self.frozen: list[tuple[int, list[Any], list[str]]] = []

    def named(self, contract: Contract) -> Contract:
        return replace(contract, number=f"{self.prefix}-{next(self.numbers)}")

    def record_of(self, contract: Contract) -> int:
        with using_scope(self.by.scope):
            return int(self.ledger.model.objects.get(contract_no=contract.number, bureau_id=self.by.bureau_id).pk)

    @rule(target=live, contract=contracts)
    def enter(self, contract: Contract) -> int:
        contract = self.named(contract)
        number = actions.add_record(self.ledger, contract.written(), by=self.by, accept_confirmations=True)
        self.book[number] = contract
        return number

    @rule(contract=contracts)
    def enter_and_crash(self, contract: Contract) -> None:
        with contextlib.suppress(Crash), transaction.atomic():
            actions.add_record(self.ledger, self.named(contract).written(), by=self.by, accept_confirmations=True)
            raise Crash

    @rule(number=live, contract=contracts, crash=st.booleans())
    def edit(self, number: int, contract: Contract, crash: bool) -> None:
        changed = replace(contract, number=self.book[number].number)
        with using_scope(self.by.scope):
            version = self.ledger.model.objects.get(pk=number).version
        with contextlib.suppress(Crash), transaction.atomic():
            actions.change_record(
                self.ledger, number, changed.written(), by=self.by, version=version, reason="更正", accept_confirmations=True
            )
            if crash:
                raise Crash
            self.book[number] = changed

    @rule(number=consumes(live))
    def void(self, number: int) -> None:
        actions.void_record(self.ledger, number, by=self.by, reason="重复录入")
        del self.book[number]

    @rule(target=live, rows=st.lists(contracts, min_size=1, max_size=6), crash=st.booleans())
    def import_workbook(self, rows: list[Contract], crash: bool) -> Any:
        rows = [self.named(each) for each in rows]
        path = self.folder / f"{rows[0].number}.csv"
        lines = [",".join(each.written().values()) for each in rows]
        path.write_text("\n".join(["存量房合同台账", HEADERS, *lines]), encoding="utf-8")
        batch = imports.prepare_import(self.ledger, path, by=self.by)
        with contextlib.suppress(Crash), transaction.atomic():
            imports.confirm_import(batch.pk, by=self.by, accept_confirmations=True)
            if crash:
                raise Crash
        if crash:
            return multiple()
        made = {self.record_of(each): each for each in rows}
        self.book.update(made)
        return multiple(*made)

    @rule()
    def refresh(self) -> None:
        self.snapshot = snapshots.refresh()
        self.as_of_snapshot = list(self.book.values())

    @rule()
    def refresh_and_crash(self) -> None:
        def die(line: str) -> None:
            if self.ledger.title in line:
                raise Crash

        with contextlib.suppress(Crash):
            snapshots.refresh(die)

    @rule()
    def prune(self) -> None:
        snapshots.prune(now=timezone.now() + timedelta(days=1))

    @precondition(lambda self: self.snapshot is not None)
    @rule()
    def freeze(self) -> None:
        assert self.snapshot is not None
        self.snapshot = snapshots.freeze(snapshots.get(self.snapshot.pk), by=self.by, reason="半年报告")
        self.frozen.append((self.snapshot.pk, self.figures(DuckDBEngine(self.snapshot)), self.digests(DuckDBEngine(self.snapshot))))

    def requests(self) -> list[Request]:
        return [Request(key, period, "990121", self.by.bureau_id) for key in KEYS for period in PERIODS]

    def figures(self, engine: CompiledEngine) -> list[Any]:
        return [(figure.value, figure.rows) for figure in evaluate(self.requests(), by=self.by, engine=engine)]

    def digests(self, engine: CompiledEngine) -> list[str]:
        return [evidence(request, by=self.by, engine=engine, limit=0).digest for request in self.requests()]

    def agrees(self, engine: CompiledEngine, rows: list[Contract]) -> None:
        for request, (value, count) in zip(self.requests(), self.figures(engine), strict=True):
            counted = [row for row in rows if row.filed and request.period.start <= row.filed_on <= request.period.end]
            totals = {
                "contracts": len(counted),
                "area": sum((row.area for row in counted), Decimal(0)),
                "amount": Decimal(sum(row.amount_fen for row in counted)) / 100,
            }
            assert value == totals[request.indicator.rpartition(".")[2]], request
            found = evidence(request, by=self.by, engine=engine)
            assert (found.count, len(found.rows)) == (count, len(counted))
            contributed = sum(row.contributed for row in found.rows)
            assert contributed == value * (1 if request.indicator.endswith("contracts") else 100)

    @invariant()
    def the_books_hold_what_they_should(self) -> None:
        self.agrees(PostgresEngine(), list(self.book.values()))
        with using_scope(self.by.scope), connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM book_existing_home_contract WHERE voided_at IS NULL AND state = 'filed'")
            assert cursor.fetchone() == (sum(1 for each in self.book.values() if each.filed),)

    @invariant()
    def the_snapshot_holds_what_it_held(self) -> None:
        if self.snapshot is None:
            return
        engine = DuckDBEngine(self.snapshot)
        self.agrees(engine, self.as_of_snapshot)
        if self.as_of_snapshot == list(self.book.values()):
            assert self.digests(engine) == self.digests(PostgresEngine())

    def teardown(self) -> None:
        for number, figures, digests in self.frozen:
            engine = DuckDBEngine(snapshots.get(number))
            assert (self.figures(engine), self.digests(engine)) == (figures, digests)


def test_figures_evidence_and_books(fresh_db: str, own_home: Path) -> None:
    with using_scope(Scope.system()):
        make_city()
    Books.folder = own_home
    # Not shrunk: one example takes seconds, and its steps are printed all the same.
    run_state_machine_as_test(
        Books,
        settings=settings(
            max_examples=6,
            stateful_step_count=14,
            deadline=None,
            phases=[Phase.explicit, Phase.reuse, Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert verify() == []
