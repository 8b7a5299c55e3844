"""The market of the city: contracts in the books of the district and the counties, investment and output in the city's."""

from __future__ import annotations

from anju.site.demo.bureaus import names, trade
from anju.site.demo.bureaus.desk import Desk, months, square, yuan
from anju.site.demo.bureaus.shuoquan.span import H1, LAST_H1

# Printed: the whole city 32万㎡ (+5.3%) of which the district 21万㎡ (+6%); exact areas that print so, and their bases.
SOLD = {
    "yinliu": ((1790, "21.04万"), (1712, "19.85万")),
    "changtan": ((540, "6.12万"), (531, "5.93万")),
    "cangyuan": ((431, "4.88万"), (408, "4.65万")),
}
PRICE = {"yinliu": 5350, "changtan": 4210, "cangyuan": 3980}
# Investment: 31.2亿 (+6.4%) of which the district 19.8亿 (+7.2%).
INVESTED = {"990302": ("19.80亿", "18.47亿"), "990321": ("6.70亿", "6.35亿"), "990322": ("4.70亿", "4.50亿")}


def fill(city: Desk, below: list[Desk]) -> None:
    """Both half years, so that growth is told."""
    for desk in below:
        now, before = SOLD[desk.office.code]
        for span, (units, area) in ((H1, now), (LAST_H1, before)):
            centi = square(area)
            trade.sales(desk, span, units=units, centi=centi, yuan=centi // 100 * PRICE[desk.office.code], unfiled=6)
    for place, (now_fen, before_fen) in INVESTED.items():
        trade.investment(city, months(*H1), yuan(now_fen), projects=9, place=place)
        trade.investment(city, months(*LAST_H1), yuan(before_fen), projects=9, place=place)
    trade.output(city, months(*H1), yuan("38亿"), enterprises=46)
    trade.output(city, months(*LAST_H1), yuan("34.99亿"), enterprises=46)
    city.add(
        "construction_enterprise", 14, on="entered_on", enterprise=lambda n, row: names.company(200 + n), kind=("general", "professional")
    )
    city.add(
        "construction_enterprise",
        118,
        on="entered_on",
        span=(H1[0].replace(year=2018), H1[0].replace(year=2022)),
        enterprise=lambda n, row: names.company(n),
        kind=("general", "professional", "labour"),
    )
