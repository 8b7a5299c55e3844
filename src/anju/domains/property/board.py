"""The unit board (楼盘表): floors down, rooms across, each unit in the colour of its state. Pure layout, no database."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from anju.domains.property.stages import Limit, Stage, shown_state

WIDEST = 40
"""More rooms on a floor than this (garages) are laid out in a strip instead of columns."""
_DIGITS = re.compile(r"\d+")

Details = Callable[[Sequence[int]], Mapping[int, Mapping[str, str]]]
_details: list[Details] = []


def add_details(provider: Details) -> None:
    """Slices above say more of units on the internal board: unit id to label and words (备案价、买受人 ...)."""
    if provider not in _details:
        _details.append(provider)


def details_of(units: Sequence[int]) -> dict[int, dict[str, str]]:
    """What all providers say of these units."""
    found: dict[int, dict[str, str]] = {}
    for provider in _details:
        for number, said in provider(units).items():
            found.setdefault(number, {}).update(said)
    return found


@dataclass(frozen=True, slots=True)
class Cell:
    """One unit on the board. `state`: a code of Stage or Limit, which decides its colour; `title`: read out on hover."""

    id: int
    room: str
    state: str
    use: str
    title: str


@dataclass(slots=True)
class Floor:
    """One floor: a cell or a gap for each column, or a strip of cells for floors that have no grid."""

    number: int
    cells: list[Cell | None] = field(default_factory=list)
    strip: list[Cell] = field(default_factory=list)

    @property
    def label(self) -> str:
        """`12层`, `地下1层`."""
        return f"{self.number}层" if self.number > 0 else f"地下{-self.number}层"


@dataclass(frozen=True, slots=True)
class Head:
    """An entrance above its columns."""

    entrance: str
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Board:
    """A building laid out. `legend`: states that occur with their words and number, in the order of the trade."""

    heads: tuple[Head, ...]
    floors: tuple[Floor, ...]
    legend: tuple[tuple[str, str, int], ...]
    units: int


def state_words(state: str) -> str:
    """The Chinese name of a state of the board."""
    return str(Stage(state).label if state in Stage.values else Limit(state).label)


def lay_out(units: Sequence[Any], said: Mapping[int, Mapping[str, str]] | None = None) -> Board:
    """Lay out units that have `id`, `entrance`, `floor`, `room`, `use`, `stage`, `limits`, `area`, `get_use_display()`."""
    gridded, strips = _split(units)
    columns = _columns(gridded)
    places = {key: index for index, key in enumerate(columns)}
    floors: dict[int, Floor] = {}
    legend: dict[str, int] = {}
    for unit in units:
        floor = floors.setdefault(unit.floor, Floor(unit.floor, [None] * len(columns)))
        cell = _cell(unit, (said or {}).get(unit.id, {}))
        legend[cell.state] = legend.get(cell.state, 0) + 1
        if unit.floor in strips:
            floor.strip.append(cell)
            continue
        place = places[unit.entrance, _column(unit)]
        if floor.cells[place] is None:
            floor.cells[place] = cell
        else:
            floor.strip.append(cell)  # two units that would stand in one place are both shown
    heads: dict[str, list[str]] = {}
    for entrance, column in columns:
        heads.setdefault(entrance, []).append(column)
    order = [*Stage.values, *Limit.values]
    return Board(
        tuple(Head(entrance, tuple(names)) for entrance, names in heads.items()),
        tuple(sorted(floors.values(), key=lambda floor: -floor.number)),
        tuple((state, state_words(state), legend[state]) for state in order if state in legend),
        len(units),
    )


def _split(units: Sequence[Any]) -> tuple[list[Any], set[int]]:
    """The units that fit a grid, and the floors that do not: garages below ground and floors with very many units."""
    by_floor: dict[int, int] = {}
    for unit in units:
        by_floor[unit.floor] = by_floor.get(unit.floor, 0) + 1
    strips = {floor for floor, number in by_floor.items() if floor < 0 or number > WIDEST}
    return [unit for unit in units if unit.floor not in strips], strips


def _columns(units: Sequence[Any]) -> list[tuple[str, str]]:
    return sorted({(unit.entrance, _column(unit)) for unit in units}, key=lambda key: (_natural(key[0]), _natural(key[1])))


def _column(unit: Any) -> str:
    """What of a room number says where on the floor it is: 1201 on floor 12 is 01."""
    room, floor = str(unit.room), str(abs(unit.floor))
    if room.isdigit() and len(room) > 2 and room.startswith(floor):
        return room[len(floor) :].zfill(2)
    return room


def _natural(text: str) -> list[tuple[int, int, str]]:
    parts: list[tuple[int, int, str]] = []
    at = 0
    for found in _DIGITS.finditer(text):
        parts += [(1, 0, text[at : found.start()]), (0, int(found[0]), "")]
        at = found.end()
    return [*parts, (1, 0, text[at:])]


def _cell(unit: Any, said: Mapping[str, str]) -> Cell:
    state = shown_state(unit.stage, set(unit.limits))
    others = [str(Limit(one).label) for one in unit.limits if one != state]
    words = [f"{unit.entrance}{unit.room}", state_words(state), *others, str(unit.get_use_display()), f"{unit.area}㎡"]
    words += [f"{label}{text}" for label, text in said.items()]
    return Cell(unit.id, str(unit.room), state, str(unit.use), " · ".join(word for word in words if word))
