"""The files of a subject on a page: listed with small pictures, handed out, added, made void.

{% load files %}{% files "housing_application:17" use="material" role="id_card" title="身份证明" %}
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template

from anju.kernel.files import queries
from anju.kernel.files.uses import use_of

register = template.Library()


@register.inclusion_tag("ui/parts/files.html", takes_context=True)
def files(
    context: Any,
    subject: str,
    use: str,
    role: str | None = None,
    title: str = "",
    roles: Mapping[str, str] | None = None,
    may_add: bool = True,
) -> dict[str, Any]:
    """`role`: show and add in this role only; without it all are shown. `roles`: role -> words.

    `may_add`: False while the matter is closed, then nothing is made void either.
    """
    request = context["request"]
    actor, wanted = request.actor, use_of(use)
    seen = actor.may("files.view")
    return {
        "seen": seen,
        "links": queries.files_of(subject, actor, role=role) if seen else [],
        "subject": subject,
        "use": wanted,
        "role": role or "",
        "roles": roles or {},
        "title": title or wanted.label,
        "may_add": may_add and actor.may("files.add"),
        "may_void": may_add and actor.may("files.void"),
        "here": request.get_full_path(),
        "megabytes": wanted.max_bytes // 1024 // 1024,
        "csrf_token": context.get("csrf_token"),
    }


@register.filter
def file_size(size: int) -> str:
    """`640 KB`, `2.3 MB`."""
    return f"{size / 1024 / 1024:.1f} MB" if size >= 1024 * 1024 else f"{max(round(size / 1024), 1)} KB"
