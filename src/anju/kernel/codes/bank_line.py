"""Line number of a bank branch (联行号、行号): 12 digits."""

from __future__ import annotations

from anju.kernel.codes.faults import Fault, narrow
from anju.kernel.codes.parts import first_not_digit

LENGTH = 12


def normalise(text: str) -> str:
    """Half-width, without blanks."""
    return narrow(text)


def fault(number: str) -> Fault | None:
    """What is wrong with a normalised number; None when nothing is."""
    wrong = first_not_digit(number)
    if wrong:
        return Fault(f"第{wrong[0]}位“{wrong[1]}”不是数字。", "联行号只有数字，请向开户行核对。")
    if len(number) != LENGTH:
        return Fault(f"联行号应为12位，现有{len(number)}位。", "请向开户行核对。")
    return None
