"""What a workbook says of units."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from anju.domains.property.actions.surveying import SurveyLine
from anju.kernel.errors import Problem


@dataclass(frozen=True, slots=True)
class FileLine:
    """One unit as the file has it. Areas in ㎡, `unit_price` in 元/㎡, `total_price` in 元; None where the file does not say.

    `where`: sheet and cell of its area (or of what stands for it).
    """

    building: str
    entrance: str
    floor: int
    room: str
    use: str
    where: str
    area: Decimal | None = None
    inner_area: Decimal | None = None
    shared_area: Decimal | None = None
    unit_price: Decimal | None = None
    total_price: Decimal | None = None
    unit_code: str | None = None

    @property
    def key(self) -> tuple[str, str, int, str]:
        return self.building, self.entrance, self.floor, self.room

    def as_survey(self) -> SurveyLine:
        """The line of a survey; an inner area without its share takes the rest as shared."""
        area = self.area or Decimal(0)
        shared = self.shared_area
        if self.inner_area is not None and shared is None:
            shared = area - self.inner_area
        return SurveyLine(
            self.entrance, self.floor, self.room, self.use, area, self.inner_area, shared, unit_code=self.unit_code, where=self.where
        )


@dataclass(slots=True)
class SurveyFile:
    """Everything read from one workbook. `problems`: cells that could not be read; `notes`: what was left aside and why."""

    lines: list[FileLine] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def of_building(self, building: str) -> list[FileLine]:
        """The lines of one building."""
        return [line for line in self.lines if line.building == building]

    @property
    def buildings(self) -> list[str]:
        """The buildings in the order of the file."""
        return list(dict.fromkeys(line.building for line in self.lines))
