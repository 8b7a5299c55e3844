"""Numbers as official Chinese text prints them (GB/T 15835-2011)."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

_DIGITS = "零一二三四五六七八九"
_SECTIONS = ("", "万", "亿", "万亿", "亿亿")


def plain(value: Decimal) -> str:
    """Digits with the decimals the value carries, without exponent or separators: 504105.35, 18.48, 2531."""
    return format(value, "f")


def grouped(value: Decimal | int) -> str:
    """With thousands separators, for tables on screen: 1,109,403."""
    return format(value, ",f") if isinstance(value, Decimal) else format(value, ",d")


def readable(digits: str) -> str:
    """A decimal string as formulas show it: with thousands separators from five digits on, 1,848,318,424 but 4732."""
    whole, point, rest = digits.partition(".")
    return f"{int(whole):,}{point}{rest}" if len(whole.lstrip("-")) >= 5 else digits


def exact_text(value: Fraction) -> str:
    """The exact value: a decimal string when it ends (18.4805), otherwise `numerator/denominator` in lowest terms (796/553)."""
    twos = fives = 0
    rest = value.denominator
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    if rest != 1:
        return f"{value.numerator}/{value.denominator}"
    places = max(twos, fives)
    units = abs(value.numerator) * 10**places // value.denominator
    return plain(Decimal((1 if value < 0 else 0, tuple(int(digit) for digit in str(units)), -places)))


def parse_exact(text: str) -> Fraction:
    """Back from `exact_text`."""
    return Fraction(text)


def chinese_number(number: int) -> str:
    """A whole number in Chinese numerals as ordinals and idioms use them: 2 二, 10 十, 12 十二, 20 二十, 105 一百零五, 10020 一万零二十."""
    if number < 0:
        return "负" + chinese_number(-number)
    if number == 0:
        return "零"
    sections = []
    while number:
        number, section = divmod(number, 10**4)
        sections.append(section)
    words = ""
    for index in range(len(sections) - 1, -1, -1):
        if sections[index] == 0:
            continue
        gap = words and (sections[index] < 1000 or sections[index + 1] == 0)
        words += ("零" if gap else "") + _below_ten_thousand(sections[index]) + _SECTIONS[index]
    return words[1:] if words.startswith("一十") else words


def chinese_count(number: int, measure: str = "") -> str:
    """A number of things: 2 is 两 before a measure word (两批), otherwise as `chinese_number`."""
    return ("两" if number == 2 and measure else chinese_number(number)) + measure


def ordinal(number: int) -> str:
    """第二."""
    return "第" + chinese_number(number)


def and_more(number: int, word: str = "余") -> str:
    """A count said roughly: cut to two leading digits and 余 after it (3213 3200余); a number that is round already stays as it is."""
    size = 10 ** max(len(str(abs(number))) - 2, 1)
    cut = abs(number) // size * size
    if cut == abs(number) or abs(number) < 10:
        return str(number)
    return f"{'-' if number < 0 else ''}{cut}{word}"


def _below_ten_thousand(number: int) -> str:
    words, pending = "", False
    for size, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, size)
        if digit == 0:
            pending = pending or bool(words)
            continue
        words += ("零" if pending else "") + _DIGITS[digit] + name
        pending = False
    return words
