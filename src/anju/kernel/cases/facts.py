"""The facts of casework: every case and every task as a row, so that time at each stage is counted like anything else."""

from __future__ import annotations

from anju.kernel.cases.matters.words import APPLICANTS, OWN_STATES
from anju.kernel.figures.facts import Column, Fact, Source, declare

_DAY = "({} AT TIME ZONE 'Asia/Shanghai')::date"
_CLOCK = "(SELECT c.{} FROM cases_clock c WHERE c.case_id = cases_case.id ORDER BY c.run DESC LIMIT 1)"
YES_NO = {"yes": "是", "no": "否"}

CASE = declare(
    Fact(
        name="case",
        title="办件",
        columns={
            "number": Column("number", "案号", "text"),
            "matter": Column("matter", "事项", "text"),
            "state": Column("state", "状态", "choice", choices=OWN_STATES),
            "stage": Column("stage", "阶段", "text"),
            "applicant_kind": Column("applicant_kind", "申请人类型", "choice", choices=APPLICANTS),
            "received_on": Column("received_on", "收件日期", "date"),
            "accepted_on": Column("accepted_on", "受理日期", "date"),
            "completed_on": Column("completed_on", "办结日期", "date"),
            "tacit": Column("tacit", "视为受理", "choice", choices=YES_NO),
            "online": Column("online", "网上申请", "choice", choices=YES_NO),
            "reason": Column("reason", "结论理由", "text"),
            "due_on": Column("due_on", "到期日", "date"),
            "used_days": Column("used_days", "办理用时", "integer", unit="天"),
            "late": Column("late", "逾期办结", "choice", choices=YES_NO),
        },
        sources=(
            Source(
                table="cases_case",
                expressions={
                    "number": "number::text",
                    "matter": "matter::text",
                    "state": "state::text",
                    "stage": "stage::text",
                    "applicant_kind": "applicant_kind::text",
                    "received_on": _DAY.format("received_at"),
                    "accepted_on": _DAY.format("accepted_at"),
                    "completed_on": _DAY.format("completed_at"),
                    "tacit": "CASE WHEN tacit THEN 'yes' ELSE 'no' END",
                    "online": "CASE WHEN online THEN 'yes' ELSE 'no' END",
                    "reason": "reason::text",
                    "due_on": _CLOCK.format("due_on"),
                    "used_days": _CLOCK.format("used_days") + "::bigint",
                    "late": f"CASE WHEN {_CLOCK.format('late')} THEN 'yes' ELSE 'no' END",
                },
            ),
        ),
        follows=("cases_clock",),
    )
)

CASE_STEP = declare(
    Fact(
        name="case_step",
        title="办件环节",
        columns={
            "matter": Column("matter", "事项", "text"),
            "stage": Column("stage", "阶段", "text"),
            "step": Column("step", "环节", "text"),
            "round": Column("round", "轮次", "integer"),
            "state": Column("state", "状态", "text"),
            "decision": Column("decision", "决定", "text"),
            "started_on": Column("started_on", "转入日期", "date"),
            "ended_on": Column("ended_on", "办出日期", "date"),
            "due_on": Column("due_on", "到期日", "date"),
            "used_days": Column("used_days", "用时", "integer", unit="天"),
            "late": Column("late", "逾期办出", "choice", choices=YES_NO),
        },
        sources=(
            Source(
                table="cases_task",
                expressions={
                    "matter": "(SELECT c.matter FROM cases_case c WHERE c.id = cases_task.case_id)::text",
                    "stage": "stage::text",
                    "step": "step::text",
                    "round": "round::bigint",
                    "state": "status::text",
                    "decision": "decision::text",
                    "started_on": _DAY.format("opened_at"),
                    "ended_on": _DAY.format("ended_at"),
                    "due_on": "due_on",
                    "used_days": "used_days::bigint",
                    "late": "CASE WHEN late THEN 'yes' ELSE 'no' END",
                },
            ),
        ),
    )
)
