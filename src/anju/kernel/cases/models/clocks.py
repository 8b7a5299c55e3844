"""The clock of a case, and what happened to clocks between their start and their end."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from anju.kernel.calendar.columns import ClockColumns, ClockEventColumns, clock_constraints
from anju.kernel.cases.models.belonging import OfCase


class CaseClock(OfCase, ClockColumns):
    """The clock of one run of a case: from acceptance to the end. A case that is taken up again begins a new run."""

    run = models.PositiveSmallIntegerField("第几次办理", default=1)
    used_days = models.PositiveIntegerField("用时", null=True, help_text="Days counted until it ended, in the unit of its limit.")
    statutory = models.CharField("法定期限", max_length=8, blank=True)

    class Meta:
        db_table = "cases_clock"
        verbose_name = "办理期限"
        constraints = [
            models.UniqueConstraint(fields=["case", "run"], name="case_clock_once"),
            models.UniqueConstraint(fields=["case"], condition=Q(finished_on=None), name="case_one_open_clock"),
            *clock_constraints("case_clock"),
        ]
        indexes = [models.Index(fields=["bureau_id", "due_on", "id"], condition=Q(finished_on=None), name="case_clock_by_due")]


class ClockEvent(OfCase, ClockEventColumns):
    """A stop, a resumption or an extension of a clock: that of a task (`task_id`) or of the case (`clock_id`). Never changed."""

    task_id = models.BigIntegerField("待办", null=True)
    clock_id = models.BigIntegerField("期限", null=True)

    class Meta:
        db_table = "cases_clock_event"
        verbose_name = "期限变动"
        constraints = [
            models.CheckConstraint(condition=Q(task_id=None) ^ Q(clock_id=None), name="clock_event_of_one"),
            models.CheckConstraint(condition=Q(kind__in=["stopped", "resumed", "extended"]), name="clock_event_kind"),
        ]
        indexes = [
            models.Index(fields=["task_id", "id"], condition=Q(task_id__isnull=False), name="clock_event_of_task"),
            models.Index(fields=["clock_id", "id"], condition=Q(clock_id__isnull=False), name="clock_event_of_clock"),
        ]
