"""What the calendar's and the parameters' actions, rows and data are called in the journal."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from anju.ui.words import add_words


def name_policy() -> None:
    """Bring the words; called once when the site is ready."""
    add_words(
        verbs={
            "calendar.load_notices": _("载入工作日历"),
            "calendar.enter_notice": _("录入放假安排"),
            "calendar.correct_notice": _("更正放假安排"),
            "parameters.load_declared": _("载入政策参数"),
            "parameters.set_value": _("录入参数值"),
            "parameters.end_value": _("终止参数值"),
            "parameters.correct_value": _("更正参数值"),
            "parameters.withdraw_value": _("撤回参数值"),
        },
        kinds={"calendar_notice": _("放假安排"), "parameters_value": _("参数值")},
        tables={
            "calendar_notice": _("放假安排通知"),
            "calendar_exceptionalday": _("放假和调休日期"),
            "parameters_parametervalue": _("参数值"),
        },
        columns={
            "calendar_notice": {"number": _("发文字号"), "year": _("年份"), "title": _("标题"), "dated": _("成文日期"), "url": _("网址")},
            "calendar_exceptionalday": {"day": _("日期"), "kind": _("安排"), "name": _("节日"), "notice_id": _("通知")},
            "parameters_parametervalue": {
                "name": _("参数"),
                "value": _("值"),
                "effective_from": _("起始日期"),
                "effective_to": _("终止日期"),
                "document": _("文号"),
                "reason": _("理由"),
                "supersedes_id": _("替代的版本"),
                "recorded_by": _("录入人"),
            },
        },
        data={
            "notice": _("通知"),
            "notices": _("通知"),
            "number": _("文号"),
            "year": _("年份"),
            "corrects": _("替代"),
            "parameter": _("参数"),
            "version": _("版本"),
            "value": _("值"),
            "from": _("起始日期"),
            "to": _("终止日期"),
            "document": _("文号"),
            "ended": _("接续的版本"),
            "withdrawn": _("撤回"),
            "entered": _("录入"),
        },
        pages={"calendar_notice": "calendar-notice", "parameters_value": "parameter-version"},
    )
