"""What the sign-in pages may do here: strangers cannot register, second-factor secrets are encrypted, no mail is sent."""

from __future__ import annotations

import base64
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.http import HttpRequest

from anju.kernel.database.home import home_dir, installation_secret


class StaffAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by the system administrator (`orgs.actions.hire_staff`), never by a visitor."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """Changes of an account stand in the journal; there is no mail server to count on."""


class SingleSignOnAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """OIDC signs in a person who connected it to their account before; it never makes an account."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """TOTP secrets and recovery seeds are kept encrypted under a key of this installation."""

    def encrypt(self, text: str) -> str:
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _box().decrypt(encrypted_text.encode()).decode()


def _box() -> Fernet:
    secret = installation_secret(home_dir(), "second-factor").encode()
    key = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"anju second factor").derive(secret)
    return Fernet(base64.urlsafe_b64encode(key))
