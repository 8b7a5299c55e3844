"""The households and members that the rows of a book name: found, or opened with what the row says."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import polars as pl
from django.db import connection

from anju.domains.housing.models import Member
from anju.kernel.crypto.fields import hex_cells, indexes
from anju.kernel.database.bulk import draw_ids, insert_rows
from anju.kernel.ledgers.declaration import Ledger
from anju.kernel.ledgers.issues import Issue

KEYS = ("household_id", "member_id")


def living_in(persons: Iterable[str]) -> dict[str, tuple[int, str, int]]:
    """Of these resident numbers the visible households they live in now: id, household number and id of the member, by number."""
    wanted = sorted(set(persons))
    if not wanted:
        return {}
    by_index = dict(zip(indexes("resident_id", wanted), wanted, strict=True))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT m.resident_id_index, h.id, h.household_no, m.id FROM housing_member m JOIN housing_household h ON h.id = m.household_id"
            " WHERE m.left_on IS NULL AND m.resident_id_index = ANY (%s)",
            [list(by_index)],
        )
        return {by_index[bytes(index)]: (household, number, member) for index, household, number, member in cursor.fetchall()}


def elsewhere(ledger: Ledger, rows: pl.DataFrame, bureau_id: int) -> Iterable[Issue]:
    """HS-02 for a book that names households: somebody who lives in another household, or in two households of the same file."""
    there = living_in(rows["resident_id"].drop_nulls().to_list())
    first: dict[str, tuple[int, str]] = {}
    for place, (number, person) in enumerate(zip(rows["household_no"], rows["resident_id"], strict=True)):
        if number is None or person is None:
            continue
        known = there.get(person)
        if known is not None and known[1] != number:
            yield _elsewhere(ledger, place, f"此人已在家庭“{known[1]}”中。", None)
        elif first.setdefault(person, (place, number))[1] != number:
            yield _elsewhere(ledger, place, "同一人在本文件中属于两个家庭。", first[person][0])


def _elsewhere(ledger: Ledger, place: int, what: str, other: int | None) -> Issue:
    advice = "一人只能在一个家庭中享受保障；请核对家庭编号和身份证号。"
    return Issue(place, "household_no", "housing.person_in_one_household", "must_fix", "", what, advice, other)


def settle(rows: pl.DataFrame, *, name: str, day: str, bureau_id: int) -> pl.DataFrame:
    """The rows with `household_id` and `member_id`. Needs `household_no`, `resident_id`, `region_code`, a name and a day.

    A household that is not there is opened on the first day its rows name; a person who is not in it joins it that day.
    """
    people = rows.group_by("resident_id", maintain_order=True).agg(
        pl.col("household_no").first(), pl.col(name).first().alias("name"), pl.col(day).min().alias("since"), pl.col("region_code").first()
    )
    there = living_in(people["resident_id"].to_list())
    numbers = _numbers([*people["household_no"].to_list()], bureau_id)
    opened = people.filter(~pl.col("household_no").is_in(list(numbers)) & ~pl.col("resident_id").is_in(list(there)))
    opened = opened.group_by("household_no", maintain_order=True).agg(pl.col("since").min(), pl.col("region_code").first())
    numbers |= _open(opened, bureau_id)
    fresh = people.filter(~pl.col("resident_id").is_in(list(there)))
    members = _join(fresh, numbers, bureau_id)
    places = {person: (household, member) for person, (household, _number, member) in there.items()} | members
    found = [places[person] for person in rows["resident_id"]]
    return rows.with_columns(
        pl.Series("household_id", [one for one, _ in found], dtype=pl.Int64),
        pl.Series("member_id", [one for _, one in found], dtype=pl.Int64),
    )


def _numbers(wanted: list[str], bureau_id: int) -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT household_no, id FROM housing_household WHERE bureau_id = %s AND household_no = ANY (%s)",
            [bureau_id, sorted(set(wanted))],
        )
        return dict(cursor.fetchall())


def _open(opened: pl.DataFrame, bureau_id: int) -> dict[str, int]:
    ids = draw_ids("housing_household", opened.height)
    if ids:
        fixed = {"bureau_id": pl.lit(bureau_id), "opened_on": pl.col("since")}
        insert_rows("housing_household", opened.select(pl.Series("id", ids), "household_no", "region_code", **fixed))
    return dict(zip(opened["household_no"].to_list(), ids, strict=True))


def _join(fresh: pl.DataFrame, numbers: dict[str, int], bureau_id: int) -> dict[str, tuple[int, int]]:
    ids = draw_ids("housing_member", fresh.height)
    if not ids:
        return {}
    households = [numbers[number] for number in fresh["household_no"]]
    with_applicant = _with_applicant(households)
    relations = []
    for household in households:
        relations.append("other" if household in with_applicant else "applicant")
        with_applicant.add(household)
    persons = fresh["resident_id"].to_list()
    insert_rows(
        "housing_member",
        pl.DataFrame(
            {
                "id": ids,
                "household_id": households,
                "name": fresh["name"].to_list(),
                "resident_id": hex_cells(Member, "resident_id", persons),
                "born_on": [date(int(person[6:10]), int(person[10:12]), int(person[12:14])) for person in persons],
                "relation": relations,
                "joined_on": fresh["since"].to_list(),
                "region_code": fresh["region_code"].to_list(),
                "bureau_id": [bureau_id] * len(ids),
            }
        ),
    )
    return {person: (household, number) for person, household, number in zip(persons, households, ids, strict=True)}


def _with_applicant(households: list[int]) -> set[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT household_id FROM housing_member WHERE left_on IS NULL AND relation = 'applicant' AND household_id = ANY (%s)",
            [sorted(set(households))],
        )
        return {row[0] for row in cursor.fetchall()}
