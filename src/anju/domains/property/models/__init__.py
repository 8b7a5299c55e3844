"""What is built and how it stands: projects, buildings, units, their restrictions and their history."""

from anju.domains.property.models.event import UnitEvent
from anju.domains.property.models.lineage import Lineage
from anju.domains.property.models.project import Building, Project
from anju.domains.property.models.restriction import Restriction
from anju.domains.property.models.survey import Survey, SurveyedUnit
from anju.domains.property.models.unit import Unit

__all__ = ["Building", "Lineage", "Project", "Restriction", "Survey", "SurveyedUnit", "Unit", "UnitEvent"]
