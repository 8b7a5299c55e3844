"""The tables of casework. State is rows: where a case stands, whose turn it is, what every clock says."""

from anju.kernel.cases.models.case import Case, CaseCounter, Move, Task
from anju.kernel.cases.models.catalogue import MatterVersion, Road
from anju.kernel.cases.models.checks import Check
from anju.kernel.cases.models.clocks import CaseClock, ClockEvent
from anju.kernel.cases.models.delegation import Delegation
from anju.kernel.cases.models.following import FollowFailure
from anju.kernel.cases.models.papers import Material, Notice, NoticeItem, Outcome
from anju.kernel.cases.models.publicity import Objection, Publicity

__all__ = [
    "Case",
    "CaseClock",
    "CaseCounter",
    "Check",
    "ClockEvent",
    "Delegation",
    "FollowFailure",
    "Material",
    "MatterVersion",
    "Move",
    "Notice",
    "NoticeItem",
    "Objection",
    "Outcome",
    "Publicity",
    "Road",
    "Task",
]
