"""Which standing decisions of a stage survive a return: pure sets, no state."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from anju.kernel.cases.matters.declaration import Stage


def surviving(stage: Stage, standing: Mapping[str, str], named: Collection[str], rule: str) -> frozenset[str]:
    """The steps of a stage whose standing decision is kept when the case comes through it again.

    `standing`: step to its decision. `named`: steps that decide again in any case. `rule`: redo_all keeps nothing, keep_others keeps
    everybody who is not named, redo_refused keeps those who agreed. In an in-order stage nobody after the first open seat is kept.
    """
    if stage.alone or rule == "redo_all":
        return frozenset()
    kept = {
        step.code
        for step in stage.steps
        if step.code in standing and step.code not in named and (rule == "keep_others" or standing[step.code] == "agree")
    }
    if stage.together == "in_order":
        for place, step in enumerate(stage.steps):
            if step.code not in kept:
                kept -= {later.code for later in stage.steps[place:]}
                break
    return frozenset(kept)
