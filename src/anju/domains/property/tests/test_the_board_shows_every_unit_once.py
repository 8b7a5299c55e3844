"""The layout of 楼盘表: each unit once, in the colour of its strongest state."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from types import SimpleNamespace
from typing import Any

from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from anju.domains.property import actions, board
from anju.domains.property.models import Building, Unit
from anju.domains.property.stages import Limit, Stage
from anju.kernel.access.actor import Actor
from anju.testing.estates import put_on_sale


def made(id: int, entrance: str, floor: int, room: str, stage: str = "initial", limits: tuple[str, ...] = ()) -> Any:
    return SimpleNamespace(
        id=id, entrance=entrance, floor=floor, room=room, stage=stage, limits=list(limits), use="residential", area="90.00",
        get_use_display=lambda: "住宅",
    )  # fmt: skip


ROOMS = st.tuples(
    st.sampled_from(["", "1单元", "2单元"]), st.integers(-2, 30).filter(bool), st.sampled_from(["01", "02", "A1", "跃层", "3"])
)


@given(st.lists(st.tuples(ROOMS, st.sampled_from(Stage.values)), max_size=120))
def test_nothing_is_lost_and_nothing_drawn_twice(given_units: list[tuple[tuple[str, int, str], str]]) -> None:
    units = [made(at, entrance, floor, f"{floor}{room}", stage) for at, ((entrance, floor, room), stage) in enumerate(given_units)]
    laid = board.lay_out(units)
    drawn = [cell.id for floor in laid.floors for cell in [*(one for one in floor.cells if one), *floor.strip]]
    assert sorted(drawn) == [unit.id for unit in units]
    assert sum(number for _, _, number in laid.legend) == len(units) == laid.units
    assert [floor.number for floor in laid.floors] == sorted({unit.floor for unit in units}, reverse=True)


def test_rooms_stand_below_each_other_by_their_place_on_the_floor() -> None:
    laid = board.lay_out(
        [made(1, "1单元", 12, "1202"), made(2, "1单元", 9, "902"), made(3, "1单元", 9, "901"), made(4, "2单元", 12, "1203")]
    )
    assert [(head.entrance, head.columns) for head in laid.heads] == [("1单元", ("01", "02")), ("2单元", ("03",))]
    assert [[cell.id if cell else 0 for cell in floor.cells] for floor in laid.floors] == [[0, 1, 4], [3, 2, 0]]


def test_a_seizure_outshines_the_stage_and_a_mortgage_does_not() -> None:
    seized, mortgaged = made(1, "", 2, "201", "filed", ("mortgaged", "seized")), made(2, "", 2, "202", "saleable", ("mortgaged",))
    cells = board.lay_out([seized, mortgaged]).floors[0].cells
    assert [cell.state if cell else "" for cell in cells] == ["seized", "saleable"]
    assert [("抵押" in cell.title) if cell else False for cell in cells] == [True, True]


def test_garages_are_laid_out_in_a_strip() -> None:
    laid = board.lay_out([made(at, "", -1, f"B{at}") for at in range(1, 100)] + [made(200, "", 1, "101")])
    assert [len(floor.strip) for floor in laid.floors] == [0, 99]
    assert [head.columns for head in laid.heads] == [("01",)]


def test_pages_show_the_board_and_a_unit(
    building: Building, units: list[Unit], county_clerk: Actor, other_county_clerk: Actor, client_for: Callable[[Actor], Client]
) -> None:
    put_on_sale(units, county_clerk)
    actions.restrict_units([units[0].pk], kind=Limit.SEIZED, authority="法院", document="（2023）1号", on=date(2023, 4, 1), by=county_clerk)
    clerk = client_for(county_clerk)
    shown = clerk.get(f"/property/buildings/{building.pk}/").content.decode()
    assert shown.count('class="room s-saleable"') == 5
    assert shown.count('class="room s-seized"') == 1
    one = clerk.get(f"/property/units/{units[0].pk}/").content.decode()
    assert "（2023）1号" in one
    neighbour = client_for(other_county_clerk)
    assert neighbour.get(f"/property/buildings/{building.pk}/").status_code == 404
    assert neighbour.get(f"/property/units/{units[0].pk}/").status_code == 404


def test_everybody_sees_the_public_board_once_something_is_on_sale(building: Building, units: list[Unit], county_clerk: Actor) -> None:
    stranger = Client()
    assert stranger.get(f"/open/property/buildings/{building.pk}/").status_code == 404
    put_on_sale(units, county_clerk)
    for path in ("/open/", "/open/property/", f"/open/property/{building.project_id}/", f"/open/property/buildings/{building.pk}/"):
        assert stranger.get(path).status_code == 200, path
    assert stranger.get(f"/property/buildings/{building.pk}/").status_code == 302
