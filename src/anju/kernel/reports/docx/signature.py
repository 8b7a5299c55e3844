"""Where the name and the date stand below the text (GB/T 9704-2012 clause 7.3.5)."""

from __future__ import annotations

from itertools import pairwise

from anju.kernel.reports.docx.page import PITCH_POINTS, TEXT_WIDTH_TWIPS

CHARACTER_TWIPS = PITCH_POINTS * 20
DIGIT_TWIPS = 160
"""Half of 三号: a Times digit at 16 pt is 8 pt wide."""


def width_twips(text: str) -> float:
    """How wide a line of text is at 三号, with the quarter blank that programs put between Han and digits."""
    changes = sum(before.isascii() != after.isascii() for before, after in pairwise(text))
    return sum(DIGIT_TWIPS if mark.isascii() else CHARACTER_TWIPS for mark in text) + changes * DIGIT_TWIPS / 2


def indents(name: str, date: str, *, sealed: bool) -> tuple[int, int]:
    """Right indents (twips) of the name's line and of the date's line.

    With a seal the date is four characters from the right and the name centred over it; without one the name is two characters
    from the right and the date begins two characters right of the name's first, both moved left when the date is the longer.
    """
    name_width, date_width = width_twips(name), width_twips(date)
    if sealed:
        of_date = 4 * CHARACTER_TWIPS
        of_name = of_date + (date_width - name_width) / 2
        if of_name < 2 * CHARACTER_TWIPS:
            of_date += 2 * CHARACTER_TWIPS - of_name
            of_name = 2 * CHARACTER_TWIPS
    else:
        of_name = 2 * CHARACTER_TWIPS
        of_date = of_name + name_width - 2 * CHARACTER_TWIPS - date_width
        if of_date < 2 * CHARACTER_TWIPS:
            of_name += 2 * CHARACTER_TWIPS - of_date
            of_date = 2 * CHARACTER_TWIPS
    most = TEXT_WIDTH_TWIPS
    return round(min(of_name, most - name_width, most)), round(min(of_date, most - date_width, most))
