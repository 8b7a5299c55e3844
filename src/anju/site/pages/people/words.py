"""What permissions and data scopes are called where roles are given."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anju.kernel.orgs.models import Staff

PERMISSIONS: dict[str, str | Promise] = {
    "cases.view": gettext_lazy("看办件"),
    "cases.open": gettext_lazy("收件"),
    "cases.work": gettext_lazy("办理"),
    "cases.assign": gettext_lazy("分派"),
    "cases.suspend": gettext_lazy("中止终止"),
    "ledgers.view": gettext_lazy("看台账"),
    "ledgers.edit": gettext_lazy("录入修改"),
    "ledgers.import": gettext_lazy("导入"),
    "ledgers.export": gettext_lazy("导出"),
    "ledgers.close": gettext_lazy("封账"),
    "figures.view": gettext_lazy("看指标"),
    "reports.view": gettext_lazy("看报告"),
    "reports.build": gettext_lazy("生成报告"),
    "reports.freeze": gettext_lazy("定稿"),
    "orgs.manage": gettext_lazy("管机构人员"),
    "orgs.grant": gettext_lazy("授权"),
    "system.manage": gettext_lazy("管系统"),
    "journal.view": gettext_lazy("看日志"),
    "journal.verify": gettext_lazy("校验日志"),
}


def permission_words(names: Iterable[str]) -> str:
    """看台账、导入、…; a permission nobody named keeps its identifier."""
    return "、".join(str(PERMISSIONS.get(name, name)) for name in names)


def reach_words(staff: Staff) -> str:
    """本单位, or 云川市及下级."""
    return _("本单位") if staff.reach == Staff.Reach.BUREAU else _("%(region)s及下级") % {"region": staff.region.name}
