"""A notice is pasted as it is printed; what contradicts itself is said."""

from __future__ import annotations

import datetime

import pytest

from anju.kernel.calendar.notice_text import read_notice, write_days
from anju.kernel.calendar.shipped import shipped_days
from anju.kernel.calendar.workdays import DayKind
from anju.kernel.errors import AnjuError

OF_2026 = """
一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
三、清明节：4月4日（周六）至6日（周一）放假，共3天。
四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
五、端午节：6月19日（周五）至21日（周日）放假，共3天。
六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。
"""
OF_2010 = """
一、元旦：1月1日至3日放假公休，共3天。
二、春节：2月13日至19日放假调休，共7天。2月20日（星期六）、21日（星期日）上班。
三、清明节：4月3日至5日放假公休，共3天。
四、劳动节：5月1日至3日放假公休，共3天。
五、端午节：6月14日至16日放假调休，共3天。6月12日（星期六）、13日（星期日）上班。
六、中秋节：9月22日至24日放假调休，共3天。9月19日（星期日）、25日（星期六）上班。
七、国庆节：10月1日至7日放假调休，共7天。9月26日（星期日）、10月9日（星期六）上班。
"""
OF_2015_09 = "9月3日至5日调休放假，共3天。其中9月3日（星期四）放假，9月4日（星期五）调休，9月6日（星期日）上班。"
OF_2024_01 = "一、元旦：1月1日放假，与周末连休。"
ACROSS = "一、元旦：2022年12月31日（周六）至2023年1月2日（周一）放假调休，共3天。"


@pytest.mark.parametrize(
    ("text", "year", "number"),
    [(OF_2026, 2026, "国办发明电〔2025〕7号"), (OF_2010, 2010, "国办发明电〔2009〕27号"), (OF_2015_09, 2015, "国发明电〔2015〕1号")],
)
def test_published_texts_give_the_shipped_days(text: str, year: int, number: str) -> None:
    read = read_notice(text, year, name="纪念日")
    assert [(one.day, one.kind.value) for one in read] == sorted((day.day, day.kind) for held, day in shipped_days() if held == number)
    assert read_notice(write_days(read), year) == read


def test_days_at_the_turn_of_the_year() -> None:
    assert [str(one.day) for one in read_notice(ACROSS, 2023)] == ["2022-12-31", "2023-01-01", "2023-01-02"]
    assert [str(one.day) for one in read_notice(OF_2024_01, 2024)] == ["2024-01-01"]
    listed = read_notice("2027-02-06 上班 春节\n2027-02-08 放假 春节", 2027)
    assert [(one.kind, one.name) for one in listed] == [(DayKind.WORKING, "春节"), (DayKind.HOLIDAY, "春节")]
    assert listed[0].day == datetime.date(2027, 2, 6)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (OF_2026.replace("1月4日（周日）", "1月4日（周六）"), "2026-01-04是周日，写的是周六"),
        (OF_2026.replace("共9天", "共8天"), "写的是共8天，读出9天"),
        (OF_2026.replace("4月4日（周六）至6日", "4月31日（周六）至6日"), "没有4月31日"),
        (OF_2026.replace("5月9日（周六）上班", "5月9日（周六）"), "没有写是放假还是上班"),
        (OF_2026.replace("1月4日（周日）上班", "1月3日（周六）上班"), "既写放假又写上班"),
        ("3日至5日放假", "没有写月份"),
        ("9月3日至5日放假", "没有写是哪个节日"),
        ("请遵照执行。", "没有读出任何日期"),
        ("一、春节：2月5日至1月1日放假。", "不是一段假期"),
        ("字" * 7000, "超过6000字"),
    ],
)
def test_what_contradicts_itself_is_said(text: str, said: str) -> None:
    with pytest.raises(AnjuError, match=said):
        read_notice(text, 2026)
