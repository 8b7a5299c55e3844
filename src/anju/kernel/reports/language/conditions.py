"""Read the condition of `{如果 …}`: comparisons of figures and numbers, joined by 且, 或, 非 (and, or, not)."""

from __future__ import annotations

import re
from fractions import Fraction

from anju.kernel.reports.language.nodes import Amount, Both, Compare, Condition, Either, Known, Not, Reference
from anju.kernel.reports.language.references import PATTERN, NotAReference, parse_reference

_OPERATORS = {
    "≥": ">=",
    "≤": "<=",
    "≠": "!=",
    "==": "=",
    "等于": "=",
    "不等于": "!=",
    "大于": ">",
    "小于": "<",
    "不小于": ">=",
    "不大于": "<=",
}
_TOKEN = re.compile(
    rf"\s*(?:(?P<reference>{PATTERN})"
    r"|(?P<number>-?\d+(?:\.\d+)?)(?P<unit>[^\s\d()<>=!≥≤≠且或非]*)"
    r"|(?P<operator>>=|<=|!=|==|[<>=≥≤≠]|不等于|不大于|不小于|等于|大于|小于)"
    r"|(?P<word>and\b|or\b|not\b|且|或|非|有|无)"
    r"|(?P<bracket>[()（）]))"
)
_WORDS = {"and": "且", "or": "或", "not": "非", "（": "(", "）": ")"}
MAX_TOKENS = 60


def parse_condition(text: str) -> Condition:
    """The condition a text spells. Raises NotAReference with a Chinese message."""
    reader = _Reader(_tokens(text), text)
    condition = reader.either()
    if not reader.ended():
        raise NotAReference(f"条件“{text}”在“{reader.word()}”处多出了内容")
    return condition


def _tokens(text: str) -> list[tuple[str, str, str]]:
    found: list[tuple[str, str, str]] = []
    position = 0
    text = text.rstrip()
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None or match.end() == position:
            raise NotAReference(f"条件“{text}”在“{text[position:].strip()}”处读不懂")
        kind = "number" if match["number"] else str(match.lastgroup)
        word = match[kind]
        found.append((kind, _WORDS.get(word, word), match["unit"] or ""))
        position = match.end()
    if len(found) > MAX_TOKENS:
        raise NotAReference(f"条件太长（{len(found)}项，最多{MAX_TOKENS}项）")
    return found


class _Reader:
    """Recursive descent; 或 binds weaker than 且, 且 weaker than 非."""

    def __init__(self, tokens: list[tuple[str, str, str]], text: str) -> None:
        self._tokens, self._at, self._text = tokens, 0, text

    def ended(self) -> bool:
        return self._at >= len(self._tokens)

    def word(self) -> str:
        return "" if self.ended() else self._tokens[self._at][1]

    def _take(self) -> tuple[str, str, str]:
        if self.ended():
            raise NotAReference(f"条件“{self._text}”没有写完")
        self._at += 1
        return self._tokens[self._at - 1]

    def either(self) -> Condition:
        parts = [self._both()]
        while self.word() == "或":
            self._take()
            parts.append(self._both())
        return parts[0] if len(parts) == 1 else Either(tuple(parts))

    def _both(self) -> Condition:
        parts = [self._single()]
        while self.word() == "且":
            self._take()
            parts.append(self._single())
        return parts[0] if len(parts) == 1 else Both(tuple(parts))

    def _single(self) -> Condition:
        if self.word() == "非":
            self._take()
            return Not(self._single())
        if self.word() == "(":
            self._take()
            inner = self.either()
            if self._take()[1] != ")":
                raise NotAReference(f"条件“{self._text}”的括号没有闭合")
            return inner
        if self.word() in ("有", "无"):
            known = self._take()[1] == "有"
            kind, word, _ = self._take()
            if kind != "reference":
                raise NotAReference(f"“{'有' if known else '无'}”后面应写指标，写的是“{word}”")
            return Known(parse_reference(word)) if known else Not(Known(parse_reference(word)))
        return self._comparison()

    def _comparison(self) -> Condition:
        left = self._operand()
        kind, operator, _ = self._take()
        if kind != "operator":
            raise NotAReference(f"条件“{self._text}”在“{operator}”处应是比较符号（>=、<=、=、>、<、!=）")
        return Compare(left, _OPERATORS.get(operator, operator), self._operand())

    def _operand(self) -> Reference | Amount:
        kind, word, unit = self._take()
        if kind == "reference":
            return parse_reference(word)
        if kind == "number":
            return Amount(Fraction(word), unit)
        raise NotAReference(f"条件“{self._text}”在“{word}”处应是指标或数")
