"""Find out who somebody is, before anybody's data scope is known."""

from __future__ import annotations

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest

from anju.kernel.access.scope import Scope, using_scope
from anju.kernel.orgs.models import User


class StaffBackend(AuthenticationBackend):  # type: ignore[misc]
    """Password sign-in by user name; sees the sign-ins and nothing else while it looks."""

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> AbstractBaseUser | None:
        with using_scope(Scope.sign_in()):
            return super().authenticate(request, **credentials)  # type: ignore[no-any-return]

    def get_user(self, user_id: int) -> User | None:
        with using_scope(Scope.sign_in()):
            return super().get_user(user_id)  # type: ignore[no-any-return]
