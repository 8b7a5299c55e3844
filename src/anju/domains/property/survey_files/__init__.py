"""Workbooks of units (楼盘表、测绘成果、一房一价表) in either form they come in: one row a unit, or floors by rooms."""

from anju.domains.property.survey_files.lines import FileLine, SurveyFile
from anju.domains.property.survey_files.reading import read_survey_file

__all__ = ["FileLine", "SurveyFile", "read_survey_file"]
