"""The file that goes to the bank: the same bytes however often it is written, told by their SM3."""

from __future__ import annotations

from cryptography.hazmat.primitives.hashes import SM3, Hash

from anju.domains.housing.acting import doing, held, home_of, subject_of
from anju.domains.housing.models import BankFile, Payment, PaymentBatch
from anju.domains.housing.payments.layouts import Instruction, layout_of
from anju.domains.housing.payments.steps import SEND, move
from anju.kernel.access.actor import Actor
from anju.kernel.access.scope import using_scope
from anju.kernel.errors import AnjuError


def send(batch: PaymentBatch, layout: str, *, by: Actor, key: str | None = None) -> tuple[BankFile, bytes]:
    """Write the bank's file of an approved batch and hold it as sent. Writing it again gives the same bytes and changes nothing.

    Raises AnjuError `housing.illegal_transition`, `housing.no_account`, `housing.bank_file_differs`.
    """
    content = _written(batch, layout, by)
    with doing("send_batch", by=by, needs=SEND, subject=subject_of(batch), key=key) as entry:
        row = held(PaymentBatch, batch.pk, by)
        there = BankFile.objects.filter(payment_batch=row).first()
        if there is not None:
            if there.digest != digest_of(content):
                raise AnjuError.of(
                    "housing.bank_file_differs",
                    "与第一次导出的文件不同。",
                    where=row.batch_no,
                    advice=f"请用原来的格式“{there.layout}”导出。",
                )
            entry.data = {"file": there.pk, "again": True}
            return there, content
        file = BankFile.objects.create(
            payment_batch=row,
            layout=layout,
            digest=digest_of(content),
            rows=row.rows or 0,
            total=row.total or 0,
            sent_by=by.name,
            **home_of(by),
        )
        move(row, PaymentBatch.State.SENT)
        entry.data = {"file": file.pk, "layout": layout, "digest": file.digest, "rows": file.rows, "total": file.total}
    return file, content


def digest_of(content: bytes) -> str:
    """SM3 of the bytes, in hex."""
    digest = Hash(SM3())
    digest.update(content)
    return digest.finalize().hex()


def _written(batch: PaymentBatch, layout: str, by: Actor) -> bytes:
    by.require(SEND)
    chosen = layout_of(layout)
    with using_scope(by.scope):
        rows = list(by.scope.narrow(Payment.objects.filter(payment_batch=batch)).order_by("payment_no"))
    without = [row.payment_no for row in rows if row.account is None]
    if without:
        raise AnjuError.of("housing.no_account", f"{len(without)}行没有收款账号。", where=without[0], advice="请补登记账号后重新编制。")
    purpose = batch.get_kind_display()
    return chosen.written(
        batch.batch_no,
        (
            Instruction(row.payment_no, row.head, row.account.in_full, row.bank, row.amount, f"{purpose}{batch.period}")
            for row in rows
            if row.account
        ),
    )
