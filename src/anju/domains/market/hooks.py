"""What slices above do when a contract is signed, filed or cancelled, and what they ask of a permit: in the same transaction (CT-11).

The market knows none of them: escrow, subsidies and whoever comes later register here in their `apps.ready()`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from anju.domains.market.models import Contract, Permit, ResaleContract
from anju.kernel.access.actor import Actor
from anju.kernel.errors import Problem

Moment = Literal["signed", "filed", "changed", "cancelled"]
Follower = Callable[[Contract, Actor], None]
ResaleFollower = Callable[[ResaleContract, Actor], None]
Barrier = Callable[[Contract], list[Problem]]
Condition = Callable[[Permit], list[Problem]]

_followers: dict[str, list[Follower]] = {}
_resale_followers: list[ResaleFollower] = []
_barriers: list[Barrier] = []
_conditions: list[Condition] = []


def follow(moment: Moment, follower: Follower) -> None:
    """Do this whenever a contract reaches the moment, inside its action; an AnjuError refuses the whole."""
    known = _followers.setdefault(moment, [])
    if follower not in known:
        known.append(follower)


def follow_resale(follower: ResaleFollower) -> None:
    """Do this whenever the sale of an existing home is signed, inside its action."""
    if follower not in _resale_followers:
        _resale_followers.append(follower)


def tell_resale(contract: ResaleContract, by: Actor) -> None:
    """Let everybody who follows sales of existing homes do their part."""
    for follower in _resale_followers:
        follower(contract, by)


def add_cancel_barrier(barrier: Barrier) -> None:
    """Say what stands against cancelling a contract (an unreturned purchase subsidy, RB-13; money not refunded)."""
    if barrier not in _barriers:
        _barriers.append(barrier)


def add_permit_condition(condition: Condition) -> None:
    """Say what a permit still lacks when it is to be issued (an escrow agreement in force, PF-01)."""
    if condition not in _conditions:
        _conditions.append(condition)


def permit_lacks(permit: Permit) -> list[Problem]:
    """Everything the slices above miss in a permit that is to be issued."""
    return [problem for condition in _conditions for problem in condition(permit)]


def tell(moment: Moment, contract: Contract, by: Actor) -> None:
    """Let everybody who follows do their part."""
    for follower in _followers.get(moment, ()):
        follower(contract, by)


def cancel_barriers(contract: Contract) -> list[Problem]:
    """Everything that stands against cancelling."""
    return [problem for barrier in _barriers for problem in barrier(contract)]
