"""A text laid out: same-length normal form, paragraphs, headings, sentences and clauses. Offsets are those of the text as given."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field

from anju.kernel.reading.figure import Heading, Sentence, Span

_WIDE = "０１２３４５６７８９％．＊✕╳×（）［］～﹪\u3000\u00a0\u2003\u2002\t＋，／"
_NARROW = "0123456789%.****()[]~%     +，/"
_NORMAL = str.maketrans(_WIDE, _NARROW)
_NUMERAL = "一二三四五六七八九十百"
_NUMBERED = (
    (0, re.compile(rf"第[{_NUMERAL}\d]{{1,4}}(?:章|编|部分)[ :：、]*")),
    (1, re.compile(rf"[{_NUMERAL}]{{1,4}}、")),
    (2, re.compile(rf"\([{_NUMERAL}]{{1,4}}\)[、. ]*")),
    (3, re.compile(r"\d{1,2}(?:[、．]|\.(?!\d))[ ]*")),
    (4, re.compile(r"\(\d{1,2}\)[、 ]*|[①-⑳]")),
)
_RUN_IN = re.compile(
    rf"(?:^|(?<=[。；;：:]))[ ]*(?:[{_NUMERAL}]{{1,3}}是要?|[{_NUMERAL}]{{1,3}}要(?=.)|[首其]先?次?，|第[{_NUMERAL}]{{1,2}}，)"
)
_NARROW_MARKS = re.compile(r"(?<!\d),|,(?!\d{3}(?!\d))|;|(?<!\d):|:(?!\d)")
_WIDE_MARKS = {",": "，", ";": "；", ":": "："}
"""Chinese text often has the narrow marks; a comma within a number and a colon within a time or a ratio stay."""
_SENTENCE_END = re.compile(r"[。！？!?]+[”」』)）]*")
_CLAUSE_END = re.compile(r"[，；：。！？!?()]")
_ASIDE = re.compile(r"\([\u4e00-\u9fff]{1,6}\)(?=[\u4e00-\u9fff])")
"""A short word in brackets that does not interrupt: 执业(助理)医师."""
TITLE_LIMIT = 60
RUN_IN_LEVEL = 6


@dataclass(frozen=True, slots=True)
class Layout:
    """`normal` has the length of `text`: full-width digits and marks are half-width, masks are `*`."""

    text: str
    normal: str
    paragraphs: tuple[Span, ...]
    sentences: tuple[Sentence, ...]
    headings: tuple[Heading, ...]
    clause_starts: tuple[int, ...]
    """Offsets where clauses begin, ascending, 0 first."""
    _sentence_starts: tuple[int, ...] = field(repr=False)

    def sentence_at(self, offset: int) -> Sentence:
        """The sentence an offset lies in."""
        return self.sentences[max(bisect_right(self._sentence_starts, offset) - 1, 0)]

    def clause_at(self, offset: int) -> int:
        """The number of the clause an offset lies in."""
        return bisect_right(self.clause_starts, offset) - 1

    def clause(self, number: int) -> tuple[int, int]:
        """Start and end of a clause, its closing mark included."""
        end = self.clause_starts[number + 1] if number + 1 < len(self.clause_starts) else len(self.text)
        return self.clause_starts[number], end


def lay_out(text: str) -> Layout:
    """One pass over the text per concern; linear."""
    normal = _NARROW_MARKS.sub(lambda match: _WIDE_MARKS[match.group()], text.translate(_NORMAL))
    paragraphs = _paragraphs(text)
    sentences: list[Sentence] = []
    headings: list[Heading] = []
    above: list[Heading] = []
    for number, paragraph in enumerate(paragraphs):
        _read_paragraph(normal, number, paragraph, sentences, headings, above)
    breaks = {0, *(match.end() for match in _CLAUSE_END.finditer(normal)), *(p.start for p in paragraphs), *(s.start for s in sentences)}
    for match in _ASIDE.finditer(normal):
        breaks -= {match.start() + 1, match.end()}
    breaks.discard(len(text))
    starts = tuple(sentence.start for sentence in sentences) or (0,)
    if not sentences:
        sentences.append(Sentence(0, 0, 0, len(text), ()))
    return Layout(text, normal, paragraphs, tuple(sentences), tuple(headings), tuple(sorted(breaks)), starts)


def _paragraphs(text: str) -> tuple[Span, ...]:
    found: list[Span] = []
    start = 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            found.append(Span(start, start + len(line.rstrip("\r\n")), line.rstrip("\r\n")))
        start += len(line)
    return tuple(found)


def _read_paragraph(
    normal: str, number: int, paragraph: Span, sentences: list[Sentence], headings: list[Heading], above: list[Heading]
) -> None:
    start = paragraph.start
    body = normal[paragraph.start : paragraph.end]
    ends = [paragraph.start + match.end() for match in _SENTENCE_END.finditer(body)]
    if not ends or ends[-1] < paragraph.end:
        ends.append(paragraph.end)
    for place, end in enumerate(ends):
        heading = _heading(normal, start, end, at_start=place == 0, alone=len(ends) == 1)
        if heading is not None:
            while above and above[-1].level >= heading.level:
                above.pop()
            above.append(heading)
            headings.append(heading)
        sentences.append(Sentence(len(sentences), number, start, end, tuple(item.title for item in above)))
        start = end


def _heading(normal: str, start: int, end: int, *, at_start: bool, alone: bool) -> Heading | None:
    lead = len(normal[start:end]) - len(normal[start:end].lstrip())
    begin = start + lead
    if at_start:
        for level, pattern in _NUMBERED:
            match = pattern.match(normal, begin, end)
            if match is not None:
                title = normal[match.end() : min(end, match.end() + TITLE_LIMIT)].split("：")[0].rstrip("。 ；;:")
                return Heading(begin, end, match.group().strip(), title, level)
    match = _RUN_IN.match(normal, begin, end)
    if match is not None and match.end() < end:
        title = re.split(r"[。，：；]", normal[match.end() : min(end, match.end() + TITLE_LIMIT)])[0]
        return Heading(begin, match.end() + len(title), match.group().strip(), title, RUN_IN_LEVEL)
    return None
