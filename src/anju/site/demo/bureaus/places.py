"""The places of the further sample bureaus: three more cities of the sample province. No such places exist."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """A region; its parent is the region whose code its own begins with."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Office:
    """A bureau and where it works. `letters` begin its record numbers, `reach` lets its reporter read the regions below."""

    code: str
    name: str
    short: str
    region: str
    letters: str
    reach: bool = False


PLACES = (
    Place("9902", "明泽市"),
    Place("990202", "临汐区"),
    Place("990221", "云汀县"),
    Place("9903", "朔泉市"),
    Place("990302", "银柳区"),
    Place("990321", "长滩县"),
    Place("990322", "苍原县"),
    Place("9904", "岭川市"),
    Place("990402", "松塬区"),
    Place("990421", "甘坪县"),
    Place("990422", "清洛县"),
    Place("990423", "石湾县"),
    Place("990424", "柳源县"),
    Place("990425", "白溪县"),
    Place("990426", "云岭县"),
    Place("990427", "丰原县"),
    Place("990428", "泾北县"),
)

LINXI = Office("linxi", "临汐区住房和城乡建设局", "临汐住建局", "990202", "LX")
YUNTING = Office("yunting", "云汀县住房和城乡建设局", "云汀住建局", "990221", "YT")
SHUOQUAN = Office("shuoquan", "朔泉市住房和城乡建设局", "朔泉住建局", "9903", "SQ", reach=True)
YINLIU = Office("yinliu", "银柳区住房和城乡建设局", "银柳住建局", "990302", "YL")
CHANGTAN = Office("changtan", "长滩县住房和城乡建设局", "长滩住建局", "990321", "CT")
CANGYUAN = Office("cangyuan", "苍原县住房和城乡建设局", "苍原住建局", "990322", "CY")
LINGCHUAN = Office("lingchuan", "岭川市住房和城乡建设局", "岭川住建局", "9904", "LC", reach=True)

OFFICES = (LINXI, YUNTING, SHUOQUAN, YINLIU, CHANGTAN, CANGYUAN, LINGCHUAN)
