"""The books of the sample bureaus, in the order they must be imported: what is referred to comes first."""

from __future__ import annotations

from anju.site.demo.books import (
    certificates,
    deliveries,
    deregistrations,
    developments,
    existing_homes,
    new_workers,
    policies,
    public_rentals,
    queries,
    rent_subsidies,
    rewards,
    sale_contracts,
    talents,
    units,
    withdrawals,
)
from anju.site.demo.books.shelf import Maker

MAKERS: tuple[Maker, ...] = (
    policies.make,
    new_workers.make,
    rent_subsidies.make,
    public_rentals.make,
    talents.make,
    developments.make,
    sale_contracts.make,
    withdrawals.make,
    deliveries.make,
    rewards.make,
    units.make,
    existing_homes.make,
    deregistrations.make,
    certificates.make,
    queries.make,
)
