"""Turns of phrase met in published reports, each once."""

import pytest

from anju.kernel.reading.reader import read


def told(text: str) -> list[str]:
    """text role direction→target of every figure."""
    return [
        f"{figure.text} {figure.role}"
        + (f" {figure.direction}" if figure.direction else "")
        + (f" >{figure.attaches_to}" if figure.attaches_to is not None else "")
        for figure in read(text).figures
    ]


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("完成产值93.61亿元,同比增长17.6%,高出全省13个百分点,位列全省第2位。",
         ["93.61亿元 level", "17.6% yoy up >0", "13个百分点 change_abs up >1", "第2位 rank >1"]),
        ("实现总值2616611万元,同比增长-0.5%。", ["2616611万元 level", "-0.5% yoy down >0"]),
        ("位居全国百强县投资潜力第3、绿色发展第5、科技创新第6。", ["第3 rank", "第5 rank", "第6 rank"]),
        ("产业结构由14.9:33.2:51.9调整为15.3:31.3:53.4。", []),
        ("森林覆盖率由23.6%提高到24.1%。", ["23.6% rate", "24.1% rate up"]),
        ("进口、出口分别为10亿元、20亿元，分别增长5%和6%。",
         ["10亿元 level", "20亿元 level", "5% yoy up >0", "6% yoy up >1"]),
        ("价格上涨的城市为16个，下降的为53个。", ["16个 level", "53个 level"]),
        ("全年共有9个项目，其中续建4个、新建5个。", ["9个 level", "4个 level >0", "5个 level >0"]),
        ("累计成交1366套、16.6万平方米。", ["1366套 cumulative", "16.6万平方米 cumulative"]),
        ("新增停车泊位2900余个，计划于年底完工，新增400余个。", ["2900余个 level", "400余个 plan"]),
        ("获补助近百万元，惠及三成职工。", ["百万元 level", "三成 rate"]),
        ("地铁4号线2期开工，G107国道通车，拨打12345热线。", []),
        ("全年发放补贴3至5次，约占三分之二。", ["3至5次 level", "三分之二 share >0"]),
        ("落实“三会一课”“四个意识”，抓好三项工作：一是学习。", []),
        ("营业里程由6.6万公里增加到7.2万公里。", ["6.6万公里 level", "7.2万公里 level up"]),
        ("自2023年1月1日起施行，参加培训60人。", ["60人 level"]),
    ],
)  # fmt: skip
def test_a_turn_of_phrase(text: str, figures: list[str]) -> None:
    assert told(text) == figures


def test_offsets_are_those_of_the_text() -> None:
    text = "面积３５.５２万㎡，　增长１２％；　投资1,109,403元。"
    assert [text[figure.start : figure.end] for figure in read(text).figures] == ["３５.５２万㎡", "１２％", "1,109,403元"]
