"""Read a workbook of units, whatever its form."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from anju.domains.property.survey_files.lines import FileLine, SurveyFile
from anju.domains.property.survey_files.listed import WANTED, read_list
from anju.domains.property.survey_files.matrix import head_of, read_matrices
from anju.kernel.errors import AnjuError, Problem
from anju.kernel.ledgers.workbook import read_grids, read_workbook

MOST_PROBLEMS = 200


def read_survey_file(path: Path, *, sheet: str | None = None) -> SurveyFile:
    """The units of a workbook (.xlsx, .xls, .csv), as a list or as matrices of floors by rooms, with every cell that cannot be read.

    Raises AnjuError `workbook.*` for a file that is no readable workbook, `property.no_units` when it holds no unit in either form.
    """
    grids, notes = read_grids(path, sheet=sheet)
    found = SurveyFile(notes=notes)
    heads = [(grid, head) for grid in grids if grid.height and (head := head_of(grid)) is not None]
    if heads:
        read_matrices(heads, found)
        found.notes += [f"工作表“{grid.name}”不是楼层×房号的表，未读取。" for grid in grids if all(grid is not one for one, _ in heads)]
    else:
        reading = read_workbook(path, WANTED, sheet=sheet)
        if not {"building", "floor", "room"} <= reading.header.matched.keys():
            raise AnjuError.of(
                "property.no_units", "没有找到楼栋、楼层、房号三列。", where=path.name, advice="请核对列名，或用楼层×房号的矩阵表。"
            )
        for table in reading.tables:
            read_list(table, found)
        found.notes += reading.notes
    found.problems += _twice(found.lines)
    del found.problems[MOST_PROBLEMS:]
    if not found.lines and not found.problems:
        raise AnjuError.of("property.no_units", "文件里没有户室。", where=path.name, advice="请核对工作表。")
    return found


def _twice(lines: Iterable[FileLine]) -> list[Problem]:
    seen: dict[tuple[str, str, int, str], FileLine] = {}
    problems = []
    for line in lines:
        first = seen.setdefault(line.key, line)
        if first is not line:
            what = f"{line.building}{line.entrance}{line.floor}层{line.room}出现两次（另一处：{first.where}）。"
            problems.append(Problem("property.unit_twice", line.where, what, "请删去一处。"))
    return problems
