"""Statements about whole sets without digits: 全部, 全覆盖, 应保尽保; 未发生一起, 没有出现, 清零."""

from __future__ import annotations

import re
from collections.abc import Sequence

from anju.kernel.reading.figure import Claim, Position, ReadFigure
from anju.kernel.reading.layout import Layout

_DONE = "开工|完成|竣工|完工|分配|达标|到位|交付|实行|纳入|整改|入住|落实|办结|建成|验收|销号|完毕"
_ALL = rf"全部(?=[\u4e00-\u9fff]{{0,8}}(?:{_DONE}))|全覆盖|应[保建享兑化纳修治收改]尽[保建享兑化纳修治收改]|全面完成"
_NONE = r"(?:未|没有|没)(?:发生|出现|发现)(?:过)?(?:一[起例件宗次])?|(?:动态)?清零|零(?:事故|上访|投诉|伤亡|发生|新增|火灾)"
_CLAIM = re.compile(f"(?P<all>{_ALL})|(?P<none>{_NONE})")


def read_claims(layout: Layout, figures: Sequence[ReadFigure]) -> tuple[Claim, ...]:
    """Every claim, with the nearest figure before it in its sentence that it speaks of."""
    found = []
    for match in _CLAIM.finditer(layout.normal):
        sentence = layout.sentence_at(match.start())
        clause = layout.clause_at(match.start())
        start, end = layout.clause(clause)
        position = Position(sentence.paragraph, sentence.index, clause, sentence.headings)
        subject = layout.text[start : match.start()] if match.lastgroup == "all" else layout.text[match.end() : end].rstrip("，。；")
        found.append(Claim(match.start(), match.end(), match.group(), match.lastgroup, subject, position, None))  # type: ignore[arg-type]
    before = {figure.position.clause: figure.index for figure in figures}
    return tuple(
        Claim(c.start, c.end, c.text, c.kind, c.subject, c.position, before.get(c.position.clause, before.get(c.position.clause - 1)))
        for c in found
    )
