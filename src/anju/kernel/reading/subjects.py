"""What a figure counts: the noun phrase before it (or behind it) without places, periods, generic verbs and hedges."""

from __future__ import annotations

import re

from anju.kernel.reading.places import GENERAL
from anju.kernel.reading.words import word_list

_LEADING = re.compile(
    r"^(?:[ ]|并且|并|其中|及时|同时|此外|另外|全年|累计|共计|共有|共|总共|合计|已经|已|现有|现已|现|目前|截[至止]目前|圆满|顺利|"
    r"全面|全部|预计|力争|确保|持续|进一步|不断|年内|年底前|积极|分别|实现|实际|今年|去年|上年|本年|当年|年度|我们|通过|利用|按照|将|要|拟|计划|准备|"
    r"达到|到|大力|加快|深入|扎实|认真|严格|切实|先后|一批|的|和|与|及|、|:|：|;|；|[(（]|\d+[.、])+"
)
_TRAILING = re.compile(
    r"(?:[ ]|约|大约|近|将近|超过|突破|超|逾|"
    r"不少于|不低于|不超过|至少|达到|达|(?<!行)为|至|到|是|共计|共|总计|合计|累计|完成|实现|有|已|分别|仅|稳定|"
    r"了|的|同比|环比|比上年|较上年|比去年|增长|上升|下降|减少|提高|增加|降低|回落|增|降|:|：|、|[(（])+$"
)
_DATES = re.compile(
    r"(?:(?:20|19)\d\d|\*{1,4})年(?:度)?(?:[上下]半年|\d{1,2}月|全年)?|截[至止到][^，,]{0,10}?(?:月?底|月?末|日|月(?!底|末)|目前)|[上下]半年|(?:第|前)?[一二三四]季度|"
    r"[一二三四五六七八九十\d*]{1,2}月(?:底|份|末)?(?:前)?|今年以来|年初以来"
)
_BEHIND = re.compile(
    r"(?:的)?([\u4e00-\u9fffA-Za-z“”、]{2,16}?)"
    r"(?=[，。；,;:：()（）\d*]|$|达到|完成|进行|实施|开展|全部|已|进入|被|参|投|开工|竣工|的|等|和|与|、)"
)
_VERBS = "|".join(sorted(word_list("verbs.txt"), key=len, reverse=True))
_VERB_ONLY = re.compile(rf"^(?:{_VERBS})*$")
_LIST_END = re.compile(r"(?:^|[\u4e00-\u9fff])等$")
_AND = "(?:和|与|及|、|以及)"
_NOUN_OF_THE_FIGURE_BEFORE = re.compile(rf"^[\u4e00-\u9fff]{{1,10}}?{_AND}(?=.)|^[\u4e00-\u9fff]{{1,10}}{_AND}?$")
LONGEST = 40


def subject_of(clause: str, after: str, *, follows_figure: bool = False) -> str:
    """The subject phrase of a figure standing between `clause` and `after`; "" when its own words name none.

    `follows_figure`: another figure stands directly before `clause`, so that its first noun may be that
    figure's (新建3个小游园和2个停车场).
    """
    behind = _BEHIND.match(after)
    words = clause
    if follows_figure and behind is not None:
        words = _NOUN_OF_THE_FIGURE_BEFORE.sub("", words, count=1)
    words = _LEADING.sub("", _DATES.sub("", words))
    place = GENERAL.match(words)
    if place is not None:
        words = words[place.end() :]
    words = _TRAILING.sub("", _LEADING.sub("", words))
    if behind is not None and (_VERB_ONLY.match(words) or _LIST_END.search(words)):
        return ("" if _LIST_END.search(words) else words) + behind[1]
    return words[-LONGEST:]


def says_only_a_verb(subject: str) -> bool:
    """Whether a subject names no thing (发放, 新建), so that it needs the noun of the figure before."""
    return _VERB_ONLY.match(subject) is not None
