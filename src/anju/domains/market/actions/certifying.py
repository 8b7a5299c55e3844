"""Issue certificates of housing and make them void (SV-01, SV-02)."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from cryptography.hazmat.primitives.hashes import SM3, Hash
from django.utils import timezone

from anju.domains.market import queries
from anju.domains.market.actions.developers import own_bureau
from anju.domains.market.actions.resale import number_of
from anju.domains.market.models import Certificate
from anju.domains.market.refusals import told_clearly
from anju.kernel.access.actor import Actor
from anju.kernel.errors import AnjuError
from anju.kernel.journal.actions import action
from anju.kernel.orgs.models import Region
from anju.kernel.parameters.basis import Basis

LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Of a code: nothing that is mistaken for something else on paper."""


@dataclass(frozen=True, slots=True)
class Query:
    """Whose homes are asked for, by whom and what for. `authority`: the power of attorney, or the paper of a court or another organ."""

    name: str
    id_no: str
    purpose: str
    asker: str = Certificate.Asker.SELF
    authority: str = ""
    id_type: str = "resident_id"


def issue_certificate(query: Query, *, by: Actor, on: date | None = None, key: str | None = None) -> Certificate:
    """Look the person's homes up and certify what was found; nothing found is certified too. Needs `market.certify`.

    The journal keeps who asked, for whom, what for, by which paper, and the digest of the answer. Raises AnjuError `market.no_purpose`,
    `market.others_ask_with_a_document`, `market.C08`.
    """
    by.require("market.certify")
    today = on or timezone.localdate()
    if not query.purpose.strip() or not query.name.strip():
        raise AnjuError.of("market.no_purpose", "没有写姓名或用途。", where="用途", advice="写明用途，不得用于其他（不动产登记暂行条例）")
    with told_clearly(), action("market.issue_certificate", by=by, key=key, reason=query.purpose) as entry:
        if entry.repeated:
            return Certificate.objects.get(pk=entry.data["certificate"])
        number = number_of(query.id_type, query.id_no, "证件号码", today)
        homes = queries.homes_of(number)
        days = Basis.on(today, by.region_code).integer("market.certificate.days")
        row = Certificate.objects.create(
            certificate_no=f"ZM{today:%Y%m%d}{secrets.randbelow(10**8):08d}",
            kind=Certificate.Kind.PERSONAL,
            applicant=query.name.strip()[:40],
            resident_id=number,
            asker=query.asker,
            authority=query.authority.strip()[:120],
            purpose=query.purpose.strip()[:80],
            scope=f"{_region(by.region_code)}范围内网签备案和本机关收到的登记记录",
            as_of=timezone.now(),
            issued_on=today,
            valid_until=today + timedelta(days=days - 1),
            code="".join(secrets.choice(LETTERS) for _ in range(12)),
            homes=len(homes),
            result=homes,
            digest=digest_of(homes),
            state=Certificate.State.ISSUED,
            issued_by=by.name,
            region_code=by.region_code,
            bureau_id=own_bureau(by),
        )
        entry.subject = f"market_certificate:{row.pk}"
        entry.data = {
            "certificate": row.pk, "number": row.certificate_no, "asker": query.asker, "authority": row.authority, "homes": row.homes,
            "digest": row.digest,
        }  # fmt: skip
    return row


def void_certificate(certificate_id: int, *, reason: str, by: Actor) -> Certificate:
    """It was issued in error; whoever verifies it learns that it is void. Needs `market.certify`."""
    by.require("market.certify")
    if not reason.strip():
        raise AnjuError.of("market.no_reason", "没有写理由。", where="理由", advice="写明为何作废。")
    with told_clearly(), action("market.void_certificate", by=by, subject=f"market_certificate:{certificate_id}", reason=reason):
        row = by.scope.narrow(Certificate.objects.select_for_update().filter(pk=certificate_id)).exclude(code="").first()
        if row is None:
            raise AnjuError.of("market.unknown_certificate", "没有这份证明，或是台账的历史记录。", advice="历史记录请在台账中更正。")
        row.state, row.void_reason = Certificate.State.VOID, reason.strip()[:120]
        row.version += 1
        row.save(update_fields=["state", "void_reason", "version"])
    return row


def digest_of(homes: list[dict[str, Any]]) -> str:
    """SM3 of the answer, as the journal and the public page show it."""
    digest = Hash(SM3())
    digest.update("\n".join("|".join(str(home[name]) for name in sorted(home)) for home in homes).encode())
    return digest.finalize().hex()


def _region(code: str) -> str:
    found = Region.objects.filter(code=code).values_list("name", flat=True).first()
    return str(found or code)
