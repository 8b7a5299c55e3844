"""The line above a page that says where one is."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Crumb:
    """One step; `name` and `args` are those of an address, empty for the page itself."""

    label: str | Promise
    name: str = ""
    args: tuple[object, ...] = ()

    @property
    def url(self) -> str:
        return reverse(self.name, args=self.args) if self.name else ""
