"""Special loans of guaranteed delivery: approved, arrived, paid out to the works side, never more than the step before (DL-01, DL-05)."""

from __future__ import annotations

import datetime

from anju.domains.funds import kinds
from anju.domains.funds.actions.maintenance.acting import acting
from anju.domains.funds.models import LoanArrival, LoanPayment, SpecialLoan
from anju.domains.funds.refusals import told_clearly
from anju.kernel.access.actor import Actor
from anju.kernel.accounts import actions as accounts
from anju.kernel.accounts.posting import Move, post
from anju.kernel.errors import AnjuError
from anju.kernel.journal.actions import action
from anju.kernel.orgs.bounds import well_formed


def approve_loan(
    *, project_no: str, project: str, batch: int, applied_fen: int, approved_fen: int, account_no: str, on: datetime.date, by: Actor
) -> SpecialLoan:
    """Enter the approved loan of a listed project and open its special account. One loan a project (DL-04). Needs `funds.approve`."""
    by.require("funds.approve")
    with told_clearly(), action("funds.approve_loan", by=by) as entry:
        book = accounts.open_book(f"loan:{project_no}", f"{project}专项借款", by=by)
        control = accounts.open_book(f"loan-approved:{project_no}", f"{project}专项借款额度", by=by, control=True)
        source = accounts.open_account(control, code="source", name="批准额度来源", kind=kinds.SPENT, by=by)
        allowance = accounts.open_account(control, code="approved", name=f"{project}未到位额度", kind=kinds.ALLOWED, by=by)
        made = SpecialLoan(
            project_no=project_no, project=project, batch=batch, applied_fen=applied_fen, approved_fen=approved_fen, approved_on=on,
            account=accounts.open_account(book, code="loan", name=f"{project}专项借款", kind=kinds.LOAN, by=by),
            bank_account=accounts.open_account(book, code=f"bank:{account_no}", name=f"{project}专户", kind=kinds.LOAN_BANK, by=by),
            allowance_account=allowance, region_code=book.region_code, bureau_id=book.bureau_id,
        )  # fmt: skip
        well_formed(made, "project_no", "project")
        made.save(force_insert=True)
        accounts.set_floor(allowance, 0, on=on, document="批准额度", by=by)
        post(
            [
                Move(
                    source.pk,
                    allowance.pk,
                    approved_fen,
                    kinds.ALLOWANCE,
                    on,
                    f"loan:{made.pk}:approved",
                    subject=f"funds_specialloan:{made.pk}",
                )
            ]
        )
        entry.subject, entry.data = f"funds_specialloan:{made.pk}", {"approved_fen": approved_fen}
    return made


def loan_arrives(loan: SpecialLoan, amount_fen: int, *, document: str, on: datetime.date, by: Actor) -> LoanArrival:
    """Money of the loan has come in; never more than was approved. Needs `funds.handle`. The same document again is refused."""
    with acting("loan_arrives", loan, by=by, permission="funds.handle", reason=document) as entry:
        key, subject = f"arrival:{loan.pk}:{document}"[:100], f"funds_specialloan:{loan.pk}"
        made = post(
            [
                Move(loan.bank_account_id, loan.account_id, amount_fen, kinds.ARRIVAL, on, key, subject=subject, memo=document[:200]),
                Move(loan.allowance_account_id, _source(loan), amount_fen, kinds.ALLOWANCE_USED, on, f"{key}:a", subject=subject),
            ],
            names={loan.allowance_account_id: f"{loan.project}批准额度", loan.account_id: f"{loan.project}专户"},
        )
        arrival = LoanArrival.objects.create(
            loan=loan, amount_fen=amount_fen, arrived_on=on, document=document, transfer_id=made.id,
            region_code=loan.region_code, bureau_id=loan.bureau_id,
        )  # fmt: skip
        entry.data = {"arrival": arrival.pk, "amount_fen": amount_fen}
    return arrival


def pay_loan(
    loan: SpecialLoan, amount_fen: int, *, voucher_no: str, payee: str, on: datetime.date, by: Actor, listed_id: int | None = None
) -> LoanPayment:
    """Pay the works side of the same project from its own account, never more than has arrived (DL-01, DL-05). Needs `funds.approve`."""
    with acting("pay_loan", loan, by=by, permission="funds.approve", reason=voucher_no) as entry:
        if not payee.strip():
            raise AnjuError.of("funds.no_payee", "没有写收款单位。", where="收款单位", advice="专项借款只付给本项目的施工方。")
        made = post(
            [
                Move(
                    loan.account_id, loan.bank_account_id, amount_fen, kinds.LOAN_PAID, on, f"loan-paid:{loan.pk}:{voucher_no}"[:110],
                    subject=f"funds_specialloan:{loan.pk}", memo=f"{payee} {voucher_no}"[:200],
                )
            ],
            names={loan.account_id: f"{loan.project}专户"},
        )  # fmt: skip
        payment = LoanPayment(
            voucher_no=voucher_no, loan=loan, listed_id=listed_id, project=loan.project, payee=payee, amount_fen=amount_fen, paid_on=on,
            state=LoanPayment.State.PAID, transfer_id=made.id, region_code=loan.region_code, bureau_id=loan.bureau_id,
        )  # fmt: skip
        well_formed(payment, "voucher_no", "payee")
        payment.save(force_insert=True)
        entry.data = {"payment": payment.pk, "amount_fen": amount_fen}
    return payment


def _source(loan: SpecialLoan) -> int:
    from anju.domains.funds.actions.holding import source_of

    return source_of(loan.allowance_account_id)
