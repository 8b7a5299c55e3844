"""Questions about the words around a number that decide whether it is a figure."""

from __future__ import annotations

import re

from anju.kernel.reading.words import keyed_words, word_list

NOT_MASKED = frozenset(word_list("not_units_of_masks.txt"))
"""Units that behind a mask are rather the name that was masked (*市, **组)."""

_BLOCKED = {unit: re.compile("|".join(words)) for unit, words in keyed_words("words_a_unit_begins.txt").items()}
_RANKED = re.compile(
    r"(?:全[国省市区县州盟旗镇系行]|[排位名]列|[排位]居|排名|排在|排第|名次|位次|[列居位获夺得评]|占|并列|之首|成绩|[省市州县区]内|同类|系统|地区|城市"
    r"|[跃上]升[至到为]?|[升至到为是保持续])[^，。；]{0,8}$"
)
_RANKED_BEFORE = re.compile(r"第\d{1,3}、[^，。；第]{2,16}$|第\d{1,3}、")
"""位居全国百强县投资潜力第3、绿色发展第5、科技创新第6: the list goes on ranking."""
_RANK_END = re.compile(r"[，。；、,;)）！\s]|$|[和与及并的]|位|名")
_LASTING = re.compile(r"(?:连续|持续|连年|超过|长达|达|满|近|约|期限|工期|质保期|有效期|为期|历时|延长|缩短|不少于|不低于)(?:第)?$")


def unit_ends(normal: str, end: int, unit: str) -> bool:
    """Whether the unit is a word of its own there and not the beginning of another (户 in 户籍, 人 in 人大代表)."""
    blocked = _BLOCKED.get(unit)
    return blocked is None or blocked.match(normal, end) is None


def shorter_unit(normal: str, start: int, unit: str) -> str:
    """A shorter unit at the same place when the longer one runs into another word (批次 → 批); "" when there is none."""
    return ""


def ranks(normal: str, start: int, end: int, has_unit: bool) -> bool:
    """Whether 第N is a rank (全市第二, 排名第3位) and not a name (第一产业, 第三轮)."""
    before = normal[max(start - 16, 0) : start]
    if has_unit:
        return normal[end : end + 2] not in ("干部", "学生", "教师", "书记") and not before.endswith("增补")
    if _RANK_END.match(normal, end) is None:
        return False
    in_list = normal[end - 1].isascii() and _RANKED_BEFORE.search(normal, max(start - 60, 0), start) is not None
    return in_list or _RANKED.search(before) is not None


def ranks_in_front(normal: str, start: int, end: int, unit: str) -> bool:
    """Whether 前N is a rank (全省前三, 排名前10位) and not a period (前三季度, 前5个月)."""
    before = normal[max(start - 16, 0) : start]
    return _RANKED.search(before) is not None and (bool(unit) or _RANK_END.match(normal, end) is not None)


def joins(normal: str, dash: int) -> bool:
    """Whether a dash stands between two numbers or names rather than before a negative number (增长-0.5%, 为-0.60‰)."""
    before = normal[dash - 1 : dash]
    if _NEGATIVE.match(normal, dash) is not None:
        return before.isdigit() or before in ("-", "—", "%", "")
    return (before.isalnum() and before not in "为是率速至到") or before in ("-", "—", "%")


_NEGATIVE = re.compile(r"[-−－]\d+(?:\.\d+)?(?:%|‰|个百分点|百分点)")


def goes_from(normal: str, start: int) -> bool:
    """从10到20 tells of two states, not of a range."""
    return normal[max(start - 1, 0) : start] in ("从", "由")


def stands_alone(normal: str, start: int, end: int, places: int) -> bool:
    """Whether a number without scale and unit is a figure all the same: 指数为103.2, 信用分达到98.5以上."""
    before = normal[max(start - 4, 0) : start]
    closed = re.compile(r"[，。；、)）]|$|以上|以下|左右|\n").match(normal, end) is not None
    return places > 0 and closed and re.search(r"(?:为|达|达到|至|到|是|指数|[:：])$", before) is not None


def counts(normal: str, start: int, end: int, unit: str) -> bool:
    """Whether number and unit count something: not every, not 每百户, not the third of 第三."""
    before = normal[max(start - 2, 0) : start]
    if unit == "期" and _ISSUED.search(normal, max(start - 14, 0), start) is None:
        return False
    if before.endswith(("每", "第", "几", "同一", "每隔", "分之")):
        return False
    return not (unit in ("年", "月", "日", "周") and before.endswith(("近", "前", "后", "上", "下", "过去", "今后", "未来", "头", "首")))


_NO_COUNT_BEHIND = frozenset("第每数几无统唯某另同任专之逐这那·不老初周星期点")


_ISSUED = re.compile(r"(?:举办|开展|开办|编发|刊发|印发|发布|编印|培训|出版|播出|简报|专刊|专栏|共|累计|每月|每周)[^，。；]{0,10}$")


def begins_count(normal: str, start: int) -> bool:
    """Whether a numeral in characters may begin a figure behind these words."""
    return normal[max(start - 1, 0) : start] not in _NO_COUNT_BEHIND


def nearly(normal: str, start: int) -> bool:
    """近百家, 上千人, 逾万人次: a bare 百, 千 or 万 that counts."""
    return normal[max(start - 1, 0) : start] in frozenset("近上逾超过约破达")


_ONE_ADDED = re.compile(
    r"(?:新增|新建|增设|建成|建设|购置|引进|创建|成立|投用|落地|配备|配置|打造|改造|修建|扩建|发生|查处|培育|中标|签约|获评|荣获)[^，。；一]{0,12}$"
)
_ONE_DIRECT = re.compile(r"(?:新增|新建|增设|建成|完成|召开|举办|组织|创建|成立|获|获评|荣获|引进|入选|命名)(?:了)?$")
_ONE_WON = re.compile(r"(?:获|荣获|获评|新增|创建|建成|制定|出台|举办)[^，。；一]{2,14}$")
_ONE_THINGS = frozenset("台座所栋幢条辆艘架宗家名套处")
_ONE_EVENTS = re.compile(r"(?:较大|重大|一般|亡人|安全|生产|质量|火灾|责任|道路|群体|信访|案|事故|群访|集访)")
_DENIED = re.compile(r"(?:未|没有|无|零|杜绝|从未|不)[^，。；]{0,6}$")


def one_counts(normal: str, start: int, end: int, unit: str) -> bool:
    """Whether 一 counts (新增一台警报器) and is not the article of 一个, 一次, 一起."""
    before = normal[max(start - 16, 0) : start]
    if _DENIED.search(before):
        return False
    if unit in ("番", "成", "倍"):
        return True
    if unit == "起":
        return _ONE_EVENTS.match(normal, end) is not None
    if unit in _ONE_THINGS:
        return _ONE_ADDED.search(before) is not None
    if unit not in ("个", "项", "次", "场", "件", "期"):
        return False
    ends = re.match(r"[，。；、]|$", normal[end : end + 1]) is not None
    return _ONE_DIRECT.search(before) is not None or (ends and _ONE_WON.search(before) is not None)


_ABSTRACT = re.compile(
    r"方面|层面|环节|维度|阶段|步骤|关键|重点(?!项目|工程|镇|村|民生)|原则|要求|意识|自信|责任|坚持|统筹|转变|关系|特征|字|突出|加强|强化|聚焦|注重|着力|围绕|抓好|确保"
    r"|提升|推进|必须|不|没有|严禁|一律|一(?!级|流)|率先|更加|最|到位|清零|全面|优先|务必|走在|优化|结合|融合|同步|统一|转型|促进|办法|中心[，。]|文明|大局|市场|维护|确立|服务|革命|表率|优势|目标|领域|定位|自觉|攻坚|职责|纪律|权利|义务|机制[，。、]|体系[，。、]|工作[，。:：]|积极性"
)


def is_abstract(normal: str, end: int, unit: str) -> bool:
    """三个方面, 两个维护: points of a list rather than things counted."""
    return unit in ("个", "项") and _ABSTRACT.match(normal, end) is not None


def lasts(normal: str, start: int) -> bool:
    """连续三年, 为期2年: a length of time and not a date."""
    return _LASTING.search(normal[max(start - 5, 0) : start]) is not None


def distributes(normal: str, start: int) -> bool:
    """Whether the clause says 分别, 各 or 依次, so that numbers without a unit share the last one's."""
    before = normal[max(start - 60, 0) : start]
    said = max(before.rfind(word) for word in ("分别", "依次", "各"))
    return said >= 0 and not any(mark in before[said:] for mark in "，。；\n")
