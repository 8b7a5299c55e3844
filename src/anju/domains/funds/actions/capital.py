"""Project capital (项目资本金): required by law, paid in, drawn by progress; in a book of its own, never mixed with pre-sale money."""

from __future__ import annotations

import datetime

from anju.domains.funds import kinds
from anju.domains.funds.actions.maintenance.acting import acting
from anju.domains.funds.models import ProjectCapital
from anju.domains.funds.refusals import told_clearly
from anju.domains.funds.rules import capital as rules
from anju.kernel.access.actor import Actor
from anju.kernel.accounts import actions as accounts
from anju.kernel.accounts.posting import Move, post
from anju.kernel.journal.actions import action
from anju.kernel.orgs.bounds import well_formed
from anju.kernel.parameters.basis import Basis


def require_capital(*, project: str, kind: str, investment_fen: int, account_no: str, on: datetime.date, by: Actor) -> ProjectCapital:
    """Enter what a project must bring: 20% of its investment for ordinary homes, else 25% (国发〔2015〕51号). Needs `funds.approve`."""
    by.require("funds.approve")
    with told_clearly(), action("funds.require_capital", by=by) as entry:
        value = Basis.on(on, by.region_code).use(f"funds.capital.{kind}")
        book = accounts.open_book(f"capital:{project}", f"{project}资本金", by=by)
        made = ProjectCapital(
            project=project, kind=kind, investment_fen=investment_fen, required_fen=rules.required(investment_fen, value.value / 100),
            document=value.document, from_on=on,
            account=accounts.open_account(book, code="capital", name=f"{project}资本金", kind=kinds.CAPITAL, by=by),
            bank_account=accounts.open_account(
                book, code=f"bank:{account_no}", name=f"{project}资本金专户", kind=kinds.CAPITAL_BANK, by=by
            ),
            region_code=book.region_code, bureau_id=book.bureau_id,
        )  # fmt: skip
        well_formed(made, "project", "kind")
        made.save(force_insert=True)
        accounts.set_floor(made.account, made.required_fen, on=on, document=value.document, by=by)
        entry.subject, entry.data = f"funds_projectcapital:{made.pk}", {"required_fen": made.required_fen}
    return made


def pay_in_capital(capital: ProjectCapital, amount_fen: int, *, serial_no: str, on: datetime.date, by: Actor) -> int:
    """Capital comes in. Needs `funds.handle`. Returns the transfer; the serial number twice is once."""
    with acting("pay_in_capital", capital, by=by, permission="funds.handle") as entry:
        key = f"capital-in:{capital.pk}:{serial_no}"[:110]
        subject = f"funds_projectcapital:{capital.pk}"
        made = post(
            [
                Move(
                    capital.bank_account_id,
                    capital.account_id,
                    amount_fen,
                    kinds.CAPITAL_IN,
                    on,
                    key,
                    subject=subject,
                    memo=f"流水号{serial_no}",
                )
            ]
        )
        entry.data = {"transfer": made.id, "amount_fen": amount_fen}
    return made.id


def draw_capital(
    capital: ProjectCapital, amount_fen: int, *, keep_fen: int, document: str, serial_no: str, on: datetime.date, by: Actor
) -> int:
    """Draw capital by progress: `keep_fen` must stay from now on, by the document that confirms the progress. Needs `funds.approve`."""
    with acting("draw_capital", capital, by=by, permission="funds.approve", reason=document) as entry:
        accounts.set_floor(capital.account, keep_fen, on=on, document=document, by=by)
        key = f"capital-out:{capital.pk}:{serial_no}"[:110]
        made = post(
            [
                Move(
                    capital.account_id, capital.bank_account_id, amount_fen, kinds.CAPITAL_OUT, on, key,
                    subject=f"funds_projectcapital:{capital.pk}", memo=f"{document} 流水号{serial_no}"[:200],
                )
            ],
            names={capital.account_id: f"{capital.project}资本金"},
        )  # fmt: skip
        entry.data = {"transfer": made.id, "amount_fen": amount_fen}
    return made.id
