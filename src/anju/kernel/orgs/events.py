"""Sign-ins, sign-outs, failures and locks as journal entries, without personal identifiers."""

from __future__ import annotations

from typing import Any

from allauth.account.signals import password_changed
from allauth.mfa.signals import authenticator_added, authenticator_removed
from axes.signals import user_locked_out
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver
from django.http import HttpRequest

from anju.kernel.access.actor import Actor
from anju.kernel.access.scope import Scope, using_scope
from anju.kernel.journal.actions import action
from anju.kernel.orgs.models import Staff, User
from anju.kernel.orgs.queries import actor_of

_DOOR = Actor.system("登录服务")


@receiver(user_logged_in)
def _signed_in(sender: Any, request: HttpRequest | None, user: User, **kwargs: Any) -> None:
    _record("orgs.sign_in", user)


@receiver(user_logged_out)
def _signed_out(sender: Any, request: HttpRequest | None, user: User | None, **kwargs: Any) -> None:
    if user is not None:
        _record("orgs.sign_out", user, ended_by=getattr(request, "ended_by", "person"))


@receiver(password_changed)
def _password_changed(sender: Any, user: User, **kwargs: Any) -> None:
    _record("orgs.change_password", user)


@receiver(authenticator_added)
def _second_factor_added(sender: Any, user: User, authenticator: Any, **kwargs: Any) -> None:
    _record("orgs.add_second_factor", user, kind=str(authenticator.type))


@receiver(authenticator_removed)
def _second_factor_removed(sender: Any, user: User, authenticator: Any, **kwargs: Any) -> None:
    _record("orgs.remove_second_factor", user, kind=str(authenticator.type))


@receiver(user_login_failed)
def _failed(sender: Any, credentials: dict[str, Any], **kwargs: Any) -> None:
    _record_attempt("orgs.sign_in_failed", str(credentials.get("username") or ""))


@receiver(user_locked_out)
def _locked(sender: Any, username: str | None = None, **kwargs: Any) -> None:
    _record_attempt("orgs.lock", username or "")


def _record(verb: str, user: User, **data: Any) -> None:
    by = actor_of(user)
    with action(verb, by=by if by.signed_in else _DOOR, subject=f"orgs_user:{user.pk}", data=data):
        pass


def _record_attempt(verb: str, username: str) -> None:
    # What was typed is not kept: it may be a password in the wrong field, or somebody's phone number.
    with using_scope(Scope.system()):
        staff = Staff.objects.select_related("bureau").filter(user__username__iexact=username).first() if username else None
    place: dict[str, Any] = {} if staff is None else {"region_code": staff.bureau.region_id, "bureau_id": staff.bureau_id}
    subject = "" if staff is None else f"orgs_user:{staff.user_id}"
    with action(verb, by=_DOOR, subject=subject, data={"known": staff is not None}, **place):
        pass
