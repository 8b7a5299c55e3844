"""Reads of casework that other code may use: task lists, boards, the page of one case, what a citizen may follow."""

from anju.kernel.cases.queries.following import Followed, follow
from anju.kernel.cases.queries.lists import CasePage, cases_of, find_cases, my_cases
from anju.kernel.cases.queries.pages import CaseView, case_by_number, case_page
from anju.kernel.cases.queries.tasks import TaskLine, TaskPage, count_tasks, department_queue, overdue, overdue_cases, tasks_of

__all__ = [
    "CasePage",
    "CaseView",
    "Followed",
    "TaskLine",
    "TaskPage",
    "case_by_number",
    "case_page",
    "cases_of",
    "count_tasks",
    "department_queue",
    "find_cases",
    "follow",
    "my_cases",
    "overdue",
    "overdue_cases",
    "tasks_of",
]
