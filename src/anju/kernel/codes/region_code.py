"""Code of an administrative division: GB/T 2260 (6 digits), and the statistical codes of towns (9) and villages (12) below it.

GB/T 2260 writes a province as 440000 and a city as 440100; the statistical table, and this house, as 44 and 4401.
"""

from __future__ import annotations

from itertools import pairwise

from anju.kernel.codes.faults import Fault, narrow
from anju.kernel.codes.parts import Part, first_not_digit
from anju.kernel.codes.resident_id import PROVINCES as ISSUERS

LENGTHS = (2, 4, 6, 9, 12)
LEVELS = {2: "省级", 4: "地级", 6: "县级", 9: "乡级", 12: "村级"}
PROVINCES = ISSUERS - {"83"} | {"99"}
"""83 is no division, only a series of residence permits; 99 is kept for the sample region."""


def normalise(text: str) -> str:
    """Half-width without blanks, and the padding of GB/T 2260 dropped: 440000 becomes 44, 440100 4401, 440106000 440106."""
    code = narrow(text)
    if not (code.isascii() and code.isdigit()) or len(code) not in LENGTHS:
        return code
    for longer, shorter in ((12, 9), (9, 6), (6, 4), (4, 2)):
        if len(code) == longer and code[shorter:] == "0" * (longer - shorter):
            code = code[:shorter]
    return code


def padded(code: str) -> str:
    """A province, city or county as GB/T 2260 writes it, in six digits."""
    return code.ljust(6, "0") if len(code) < 6 else code


def fault(code: str) -> Fault | None:
    """What is wrong with a normalised code; None when nothing is. Whether there is such a division, the dated table says."""
    wrong = first_not_digit(code)
    if wrong:
        return Fault(f"第{wrong[0]}位“{wrong[1]}”不是数字。", "区划代码只有数字。")
    if len(code) not in LENGTHS:
        return Fault(f"区划代码应为2、4、6、9或12位，现有{len(code)}位。", "省2位、市4位、县6位、乡镇9位、村居12位；GB/T 2260写成6位。")
    if code[:2] not in PROVINCES:
        return Fault(f"第1至2位“{code[:2]}”不是省级代码。", "请核对前两位。")
    return None


def parent(code: str) -> str:
    """The code of the division above; empty for a province."""
    return code[: max((length for length in LENGTHS if length < len(code)), default=0)]


def explain(code: str) -> list[Part]:
    """The levels a code names."""
    lengths = [0, *(length for length in LENGTHS if length <= len(code))]
    return [Part(start + 1, end, code[start:end], LEVELS[end]) for start, end in pairwise(lengths)]
