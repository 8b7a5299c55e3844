"""Made-up names for the cells of a book, by what the field is called: the same number always gives the same name."""

from __future__ import annotations

from anju.site.demo.dice import Dice
from anju.site.demo.people import name_of

_FIRST = "安康宁泰和顺祥瑞丰盈嘉禾清泉云霞松柏竹兰荷桂枫杨柳溪湖岭"
_THIRD = ("", "东", "西", "南", "北", "上", "下", "新")
_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧"
_GIVEN = "安宁平和顺康健明亮辉光朗清源河海波涛山岭峰石岩松柏竹梅兰菊荷"

SUFFIXES = {
    "village": "村",
    "township": "镇",
    "town": "镇",
    "estate": "小区",
    "community": "小区",
    "project": "项目工程",
    "name": "项目",
    "road": "路",
    "facility": "污水处理站",
    "plant": "厂",
    "station": "泵站",
    "team": "保洁队",
    "place": "片区",
    "site": "垃圾处理场",
    "branch": "党支部",
    "area_name": "园区",
    "facility_name": "设施",
    "title": "事项",
    "item": "项目",
}
PHRASES = {
    "topic": ("学习贯彻重要会议精神", "研究重点工作安排", "分析形势部署任务", "交流学习体会"),
    "matter": ("反映小区物业服务问题", "咨询公租房申请", "反映施工噪声", "咨询不动产登记", "反映路灯不亮", "反映供暖温度"),
    "problem": ("防护设施不到位", "临时用电不规范", "消防通道堵塞", "外墙开裂", "管线老化", "资料不齐全"),
    "facts": ("工作纪律较好，个别人员迟到", "服务窗口在岗情况良好", "台账记录不完整"),
    "summary": ("本月无群体性网络事件",),
    "reason": ("隐患整改不及时", "农民工工资支付不规范", "质量问题投诉较多"),
    "conduct": ("安全防护不到位", "未按图施工", "关键岗位人员不到岗"),
    "content": ("推进重点工作任务落实", "完善制度机制", "提升服务效能"),
    "cause": ("土地手续不全", "竣工资料缺失", "企业注销"),
    "measure": ("明确责任人和时限，逐项整改",),
    "position": ("科员", "股长", "主任", "副主任"),
    "purpose": ("产业发展", "道路硬化", "人居环境整治"),
}


def combined(number: int) -> str:
    """A two-character name of its own for every number up to 783, longer ones beyond."""
    size = len(_FIRST)
    row, rest = divmod(number, size * size)
    return _THIRD[row % len(_THIRD)] + _FIRST[rest // size] + _FIRST[(rest * 5 + rest // size) % size]


def person(number: int) -> str:
    """A made-up person's name of its own for every number up to 929."""
    return f"{_SURNAMES[number // len(_GIVEN) % len(_SURNAMES)]}例{_GIVEN[number % len(_GIVEN)]}"


def company(number: int, trade: str = "建筑") -> str:
    """A made-up enterprise."""
    return f"示例{combined(number)}{trade}有限公司"


def text_for(field: str, number: int, dice: Dice, *, unique: bool) -> str:
    """Something a clerk could have written into a text field of this name."""
    if field in PHRASES and not unique:
        return dice.pick(PHRASES[field])
    if field in SUFFIXES:
        return combined(number) + SUFFIXES[field]
    if field in ("member", "head", "name", "signer", "author", "owner", "party", "talker", "talked_to", "applicant", "buyer", "seller"):
        return person(number) if unique else name_of(dice)
    return f"{combined(number)}示例"
