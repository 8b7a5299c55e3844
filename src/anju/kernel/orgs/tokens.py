"""Keys with which a program acts as a member of staff: shown once, stored as a digest, dated, revocable."""

from __future__ import annotations

import datetime
import hashlib
import secrets

from django.db.models import QuerySet
from django.utils import timezone

from anju.kernel.access.actor import Actor
from anju.kernel.access.scope import Scope, using_scope
from anju.kernel.database import prepared
from anju.kernel.errors import AnjuError
from anju.kernel.journal.actions import action
from anju.kernel.orgs.models import ApiToken, Staff
from anju.kernel.orgs.queries import actor_of_user

LONGEST_DAYS = 366
PREFIX = "anju_"
_USER_OF_KEY = (
    "SELECT u.id FROM orgs_apitoken t JOIN orgs_staff s ON s.id = t.staff_id JOIN orgs_user u ON u.id = s.user_id AND u.is_active"
    " WHERE t.digest = %s AND t.revoked_at IS NULL AND t.expires_on >= %s"
)


def issue_token(*, name: str, days: int, by: Actor) -> str:
    """Make a key for oneself; returns it, the only time it can be read. `days`: 1 to 366 until it ends.

    Raises AnjuError `orgs.token_days`, `orgs.token_owner`, `orgs.token_name`.
    """
    if by.staff_id is None:
        raise AnjuError.of("orgs.token_owner", "只有在岗人员可以申请接口密钥。", advice="请先登录。")
    if not name.strip():
        raise AnjuError.of("orgs.token_name", "没有写密钥的用途。", where="用途", advice="写明哪个系统用它，例如“统计平台取数”。")
    if not 1 <= days <= LONGEST_DAYS:
        raise AnjuError.of("orgs.token_days", f"有效期应为1至{LONGEST_DAYS}天。", where="有效期")
    secret = PREFIX + secrets.token_urlsafe(32)
    with action("orgs.issue_token", by=by) as entry:
        staff = Staff.objects.select_related("bureau").get(pk=by.staff_id)
        token = ApiToken.objects.create(
            staff=staff,
            name=name.strip()[:60],
            digest=_digest(secret),
            expires_on=timezone.localdate() + datetime.timedelta(days=days),
            region_code=staff.bureau.region_id,
            bureau_id=staff.bureau_id,
        )
        entry.subject, entry.data = f"orgs_apitoken:{token.pk}", {"token": token.pk, "days": days}
    return secret


def revoke_token(token_id: int, *, by: Actor) -> None:
    """End one of one's own keys at once. Raises AnjuError `orgs.no_token`."""
    with action("orgs.revoke_token", by=by, subject=f"orgs_apitoken:{token_id}"):
        if not ApiToken.objects.filter(pk=token_id, staff_id=by.staff_id or 0, revoked_at=None).update(revoked_at=timezone.now()):
            raise AnjuError.of("orgs.no_token", "没有这个密钥，或它已经停用。")


def revoke_tokens(staff: Staff) -> int:
    """End every key of a person whose post ends, as part of that action; returns how many."""
    return ApiToken.objects.filter(staff=staff, revoked_at=None).update(revoked_at=timezone.now())


def own_tokens(by: Actor) -> QuerySet[ApiToken]:
    """The keys somebody made for themselves, newest first; those ended or revoked included."""
    return by.scope.narrow(ApiToken.objects.filter(staff_id=by.staff_id or 0).order_by("-pk"))


def actor_of_token(secret: str) -> Actor:
    """The actor a key stands for; a stranger when it is unknown, over or revoked."""
    with using_scope(Scope.system()):
        found = prepared.ask(_USER_OF_KEY, [_digest(secret), timezone.localdate()]).fetchone()
        return actor_of_user(found[0]) if found is not None else Actor.stranger()


def _digest(secret: str) -> str:
    # The secret has 256 bits of its own; a slow hash would add nothing.
    return hashlib.sha256(secret.encode()).hexdigest()
