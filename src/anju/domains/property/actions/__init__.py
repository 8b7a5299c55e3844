"""Verbs of the unit register. Other slices call these and `queries`, nothing else."""

from anju.domains.property.actions.registering import add_building, register_project
from anju.domains.property.actions.reshaping import NewUnit, merge_units, split_unit
from anju.domains.property.actions.restricting import lift_restriction, record_consent, restrict_units
from anju.domains.property.actions.staging import lock_units, move_units, release_units, withhold_units
from anju.domains.property.actions.surveying import SurveyLine, take_survey

__all__ = [
    "NewUnit",
    "SurveyLine",
    "add_building",
    "lift_restriction",
    "lock_units",
    "merge_units",
    "move_units",
    "record_consent",
    "register_project",
    "release_units",
    "restrict_units",
    "split_unit",
    "take_survey",
    "withhold_units",
]
