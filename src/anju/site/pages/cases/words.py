"""How casework speaks on pages: moves, clocks, decisions."""

from __future__ import annotations

import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anju.kernel.cases.matters.declaration import Matter
from anju.kernel.cases.matters.returning import title_of
from anju.kernel.cases.models import Case, Move

MOVES: dict[str, str | Promise] = {
    "open": gettext_lazy("收件"),
    "agree": gettext_lazy("同意"),
    "refuse": gettext_lazy("不予"),
    "return": gettext_lazy("退回"),
    "forward": gettext_lazy("转办"),
    "sign": gettext_lazy("签署意见"),
    "silence": gettext_lazy("视为受理"),
    "notify": gettext_lazy("一次性告知补正"),
    "hand_in": gettext_lazy("收到补正材料"),
    "receive": gettext_lazy("收材料"),
    "give_back": gettext_lazy("退回材料"),
    "promise": gettext_lazy("容缺承诺"),
    "breach": gettext_lazy("容缺逾期"),
    "amend": gettext_lazy("更正条件数据"),
    "claim": gettext_lazy("接办"),
    "release": gettext_lazy("放回待办"),
    "transfer": gettext_lazy("转交"),
    "add_signer": gettext_lazy("加签"),
    "suspend": gettext_lazy("中止"),
    "resume": gettext_lazy("恢复"),
    "withdraw": gettext_lazy("撤回"),
    "terminate": gettext_lazy("终止"),
    "reopen": gettext_lazy("重新办理"),
    "pause": gettext_lazy("停表"),
    "unpause": gettext_lazy("恢复计时"),
    "extend": gettext_lazy("延长期限"),
    "publish": gettext_lazy("公示"),
    "publicity_over": gettext_lazy("公示期满"),
    "object": gettext_lazy("收到异议"),
    "settle": gettext_lazy("答复异议"),
    "check": gettext_lazy("发起核查"),
    "answer": gettext_lazy("核查返回"),
    "time_out": gettext_lazy("核查超时"),
    "issue": gettext_lazy("出具文书"),
    "new_code": gettext_lazy("重发查询码"),
}
STATE_LOOK = {
    "received": "info", "supplementing": "due", "running": "info", "suspended": "due", "completed": "done", "refused": "wrong",
    "not_accepted": "wrong", "withdrawn": "", "terminated": "",
}  # fmt: skip


def move_words(matter: Matter, move: Move) -> str:
    """What was done: 初审 报复审, 复审 退回 受理."""
    step = matter.by_step.get(move.step)
    if step is None:
        return str(MOVES.get(move.verb, move.verb))
    word = step.decisions.get(move.verb) or MOVES.get(move.verb, move.verb)
    if move.verb == "agree" and step.verb:
        word = step.verb
    target = ""
    if move.verb in ("return", "forward") and move.target:
        target = _("至%(place)s") % {"place": title_of(matter, move.target)}
    return step.title if str(word) == step.title and not target else f"{step.title} {word}{target}"


def reason_words(matter: Matter, move: Move) -> str:
    """The reason of a move in words, empty when it has none."""
    known = {**matter.refusals, **matter.suspensions, **matter.terminations}
    known |= dict(matter.reopening.reasons) if matter.reopening else {}
    return known.get(move.reason, "")


def clock_words(standing: str, days: int | None, *, working: bool, due_on: datetime.date | None, year: int | None = None) -> str:
    """逾期3个工作日, 今日到期, 剩2个工作日, 停表中."""
    unit = _("个工作日") if working else _("天")
    if standing == "stopped":
        return _("停表中")
    if standing == "undetermined":
        return _("到期日待%(year)s年放假安排") % {"year": year or ""}
    if days is None:
        return _("已办出") if standing in ("done", "late") else _("不限时")
    if standing == "overdue":
        return _("逾期%(days)s%(unit)s") % {"days": max(-days, 1), "unit": unit}
    return _("今日到期") if days == 0 else _("剩%(days)s%(unit)s") % {"days": days, "unit": unit}


def clock_look(standing: str, days: int | None) -> str:
    """The colour of a clock: red overdue, amber due, none otherwise."""
    if standing in ("overdue", "late"):
        return "wrong"
    return "due" if standing == "due_soon" or days == 0 else ""


def state_look(case: Case) -> str:
    """The colour of a state."""
    return STATE_LOOK.get(case.state, "")


def view_clock(view: Any) -> dict[str, Any]:
    """A ClockView for templates: words, look, the account line by line."""
    row = view.row
    words = clock_words(view.standing, view.days, working=view.working, due_on=row.due_on, year=row.unknown_year)
    return {
        "words": words,
        "look": clock_look(view.standing, view.days),
        "due_on": row.due_on,
        "source": row.source,
        "lines": view.account.lines,
        "used": row.used_days,
        "working": view.working,
        "standing": view.standing,
    }
