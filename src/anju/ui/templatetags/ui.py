"""Tags and filters of the look: icons, dates, numbers, states."""

from __future__ import annotations

import json
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django import template
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from heroicons.templatetags.heroicons import heroicon_mini, heroicon_outline

from anju.kernel.access.actor import Actor

register = template.Library()

NOTICE = {"error": "wrong", "warning": "due", "success": "done"}
NOTICE_ICON = {"error": "exclamation-triangle", "warning": "exclamation-circle", "success": "check-circle"}


@register.simple_tag
def icon(name: str, size: int = 18) -> SafeString:
    """A small line icon that says nothing to screen readers; its neighbour carries the words."""
    return SafeString(heroicon_outline(name, size=size, **{"aria-hidden": "true", "stroke-width": "1.6"}))


@register.simple_tag
def icon_small(name: str) -> SafeString:
    """A solid 15 px icon for buttons inside tables."""
    return SafeString(heroicon_mini(name, size=15, **{"aria-hidden": "true"}))


@register.simple_tag
def icon_large(name: str) -> SafeString:
    """The picture of an empty state."""
    return SafeString(heroicon_outline(name, size=40, **{"aria-hidden": "true", "stroke-width": "1"}))


@register.simple_tag
def style(name: str) -> str:
    """The address of one of the style sheets."""
    return static(f"anju/css/{name}.css")


@register.filter
def words(text: str) -> list[str]:
    """Split at spaces."""
    return text.split()


@register.filter
def notice_kind(level: str) -> str:
    """The look of a message of this level."""
    return NOTICE.get(level, "")


@register.filter
def notice_icon(level: str) -> str:
    """The icon of a message of this level."""
    return NOTICE_ICON.get(level, "information-circle")


@register.filter
def day(value: date | datetime | None) -> str:
    """`2023-06-30`, the form of tables; nothing for None."""
    return "" if value is None else _local(value).strftime("%Y-%m-%d")


@register.filter
def long_day(value: date | datetime | None) -> str:
    """`2023年6月30日`, the form of text."""
    if value is None:
        return ""
    local = _local(value)
    return f"{local.year}年{local.month}月{local.day}日"


@register.filter
def moment(value: datetime | None) -> str:
    """`2023-06-30 09:05` in the installation's time zone."""
    return "" if value is None else _local(value).strftime("%Y-%m-%d %H:%M")


@register.filter
def thousands(value: Any) -> str:
    """A number with thousands separators; whatever is not a number stays as it is."""
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return f"{value:,}"
    if isinstance(value, Fraction):
        return f"{value.numerator:,}" if value.denominator == 1 else f"{value.numerator:,}/{value.denominator:,}"
    return str(value)


@register.filter
def item(mapping: dict[Any, Any], key: Any) -> Any:
    """`mapping[key]`, or None."""
    return mapping.get(key)


@register.filter
def as_json(value: Any) -> str:
    """JSON for an attribute; the template escapes it."""
    return json.dumps(value, ensure_ascii=False)


@register.filter
def may(actor: Actor, permission: str) -> bool:
    """Whether the person holds a permission."""
    return actor.may(permission)


@register.simple_tag(takes_context=True)
def personal(context: Any, value: Any, subject: str, field: str) -> SafeString:
    """A personal value as anybody may see it, with 查看 for those who may read it in full.

    `value`: a Personal, or text that is masked already. `subject`: `table:number` of its row; `field`: the encrypted column.
    """
    if not value:
        return SafeString('<span class="faint">—</span>')
    request = context.get("request")
    actor = getattr(request, "actor", None)
    if actor is None or not actor.may("personal.reveal"):
        return format_html('<span class="personal">{}</span>', value)
    return format_html(
        '<span class="personal">{}</span> <a class="reveal" href="{}" data-drawer>{}</a>',
        value,
        reverse("personal", args=[subject, field]),
        gettext("查看"),
    )


def _local(value: date | datetime) -> date | datetime:
    return timezone.localtime(value) if isinstance(value, datetime) and timezone.is_aware(value) else value
