"""Rules a password keeps, said in Chinese (Django's catalogue lacks this message)."""

from __future__ import annotations

from django.contrib.auth.password_validation import MinimumLengthValidator
from django.utils.translation import gettext as _


class LengthValidator(MinimumLengthValidator):
    """At least `min_length` characters."""

    def get_error_message(self) -> str:
        return _("密码太短，至少 %(length)d 个字符。") % {"length": self.min_length}

    def get_help_text(self) -> str:
        return _("至少 %(length)d 个字符。") % {"length": self.min_length}
