"""What a figure counts: the noun phrase before it (or behind it) without places, periods, generic verbs and hedges."""

from __future__ import annotations

import re

_LEADING = re.compile(
    r"^(?:[ ]|并且|并|其中|及时|同时|此外|另外|全年|累计|共计|共有|共|总共|合计|已经|已|现有|现已|现|目前|截[至止]目前|圆满|"
    r"顺利|全面|全部|预计|力争|确保|持续|进一步|不断|年内|积极|"
    r"分别|实现|实际|新增加|今年|去年|上年|本年|当年|我们|通过|利用|按照|将|要|拟|计划|准备|达到|为|到|年底前|大力|加快|深入|扎实|认真|严格|切实|先后|一批|的|和|与|及|、|：|:|；|;|“|”|\d+[.、])+"
)
_TRAILING = re.compile(
    r"(?:[ ]|约|大约|近|将近|超过|突破|超|逾|不少于|不低于|不超过|至少|达到|达|为|至|到|是|共计|共|总计|合计|累计|完成|实现|有|已|分别|仅|"
    r"了|的|同比|环比|比上年|较上年|"
    r"增长|上升|下降|减少|提高|增加|降低|回落|增至|降至|提高到|提升至|：|:|、|\()+$"
)
_DATES = re.compile(
    r"(?:20|19)\d\d年(?:度)?(?:上半年|下半年|\d{1,2}月)?|截[至止][^，,]{0,8}(?:底|末|日|月|目前)|[上下]半年|第?[一二三四]季度|[一二三四五六七八九十\d*]{1,2}月(?:底|份|末)?(?:前)?"
)
PLACE = re.compile(
    r"全[国省市区县州盟旗镇系]|[我本][省市区县州局镇中心]|市本级|县本级|区本级|市区|城区|县城区?|县区|各县区?|市、县区|市、县|农村|城镇|"
    r"(?<![\u4e00-\u9fff])[\u4e00-\u9fff]{2,6}(?:自治区|自治州|自治县|省|市|县|区|镇|乡)(?=[^长级委场政民容城域直])"
)
_AFTER = re.compile(
    r"(?:的)?([\u4e00-\u9fff“”、]{2,16}?)(?=[，。；、,;)）]|$|达到|完成|进行|实施|开展|全部|已|进入|获|被|参|投|开工|竣工|的|等)"
)
_VERB_ONLY = re.compile(
    r"^(?:完成|新建|建成|发放|查处|受理|办理|新增|选派|组织|开展|召开|实施|下发|下达|发出|改造|为|获|获得|荣获|培育|引进|争取|投入|推进|处置|整治|解决|化解|清理|清退|取消|拨付|"
    r"检查|约谈|立案|创建|购置|配备|共|涉及|惠及|建设|筹集|分配|安排|签订|签约|打造|举办|接待|处理|审批|审核|公示|发展|扣除|移交|检修|拆除|维修|更换|修复|新开工|开工|竣工|交付|销售|其中|分|对|将|使|让|由|在|按|等|有|全部|剩余)*$"
)


def subject_of(clause: str, after: str, inherited: str = "") -> str:
    """The subject phrase of a figure standing between `clause` and `after`; `inherited` when its own words name none."""
    words = _DATES.sub("", clause)
    words = _LEADING.sub("", words)
    words = PLACE.sub("", words, count=1) if PLACE.match(words) else words
    words = _TRAILING.sub("", _LEADING.sub("", words))
    if _VERB_ONLY.match(words):
        behind = _AFTER.match(after)
        if behind is not None:
            return words + behind[1]
        return inherited if not words else (words + inherited if inherited and len(words) <= 4 else words)
    return words[-40:]


def place_of(clause: str) -> str:
    """The last place named before the figure in its clause (全县, 市区), or ""."""
    found = PLACE.findall(clause)
    return found[-1] if found else ""
