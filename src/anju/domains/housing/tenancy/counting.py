"""The yearly count of who lives where, from homes and leases instead of from memory."""

from __future__ import annotations

from datetime import date

from django.db import connection

from anju.domains.housing.acting import doing, home_of
from anju.domains.housing.letting.planning import LET
from anju.domains.housing.models import OccupancyCount
from anju.kernel.access.actor import Actor
from anju.kernel.errors import AnjuError

COUNTED = """
    SELECT u.estate, count(*), count(l.id), coalesce(sum(p.persons), 0)
    FROM housing_lettingunit u
    LEFT JOIN housing_lease l ON l.unit_id = u.id AND l.bureau_id = u.bureau_id AND l.state IN ('active', 'moving')
        AND l.starts_on <= %(on)s
    LEFT JOIN LATERAL (
        SELECT count(*) AS persons FROM housing_member m
        WHERE m.household_id = l.household_id AND m.joined_on <= %(on)s AND (m.left_on IS NULL OR m.left_on > %(on)s)
    ) p ON l.id IS NOT NULL
    WHERE u.bureau_id = %(bureau)s AND u.voided_at IS NULL AND u.state NOT IN ('preparing', 'disposed') AND u.entered_on <= %(on)s
    GROUP BY u.estate ORDER BY u.estate
"""


def count(*, on: date, by: Actor) -> list[OccupancyCount]:
    """清点入住 as of today: for every estate its homes, those that are let, and the people of the households that rent them.

    A home being prepared or disposed of is not counted. Raises AnjuError `housing.nothing_to_count`, `housing.estate_counted_once`.
    """
    with doing("count_occupancy", by=by, needs=LET) as entry:
        home = home_of(by)
        with connection.cursor() as cursor:
            cursor.execute(COUNTED, {"on": on, "bureau": home["bureau_id"]})
            found = cursor.fetchall()
        if not found:
            raise AnjuError.of("housing.nothing_to_count", "没有登记公租房房源。", where="入住清点", advice="请先登记房源。")
        made = [
            OccupancyCount.objects.create(
                estate=estate, units=units, occupied=occupied, persons=persons, counted_on=on, counted_by=by.name, **home
            )
            for estate, units, occupied, persons in found
        ]
        entry.data = {"estates": len(made), "units": sum(one.units for one in made), "occupied": sum(one.occupied for one in made)}
    return made
