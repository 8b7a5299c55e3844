"""Three facts of a million rows each, as the segments of a snapshot."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from anju.kernel.figures import facts, segments
from anju.kernel.figures.facts import Column, Fact, Source
from anju.kernel.figures.manifest import BUCKET_IDS, FactSegments, Manifest

REGIONS = [f"9901{number}" for number in range(21, 30)]
MONEY = {"unit": "元", "scale": 100}
AREA = {"unit": "㎡", "scale": 100}


def _fact(name: str, title: str, *columns: Column) -> Fact:
    named = {column.name: column for column in columns}
    return facts.declare(Fact(name, title, named, (Source(f"ledger_{name}", {each: each for each in named}),)))


SALE = _fact(
    "bench_sale",
    "销售",
    Column("filed_on", "备案日期", "date"),
    Column("use", "用途", "choice", choices={"residential": "住宅", "commercial": "商业", "office": "办公", "parking": "车位"}),
    Column("state", "状态", "choice", choices={"signed": "已签约", "filed": "已备案", "registered": "已登记", "cancelled": "已注销"}),
    Column("kind", "类别", "choice", choices={"new": "新建", "existing": "存量"}),
    Column("amount", "金额", "money", **MONEY),
    Column("area", "面积", "area", **AREA),
    Column("buyer", "买受人", "text"),
)
WITHDRAWAL = _fact(
    "bench_withdrawal",
    "支取",
    Column("paid_on", "拨付日期", "date"),
    Column("node", "节点", "choice", choices={each: each for each in ("base", "half", "roof", "finish", "handover")}),
    Column("state", "状态", "choice", choices={"paid": "已拨付", "refused": "未同意", "open": "办理中"}),
    Column("amount", "金额", "money", **MONEY),
    Column("project", "项目", "text"),
)
UNIT = _fact(
    "bench_unit",
    "房屋",
    Column("entered_on", "入库日期", "date"),
    Column("removed_on", "出库日期", "date"),
    Column("use", "用途", "choice", choices={"residential": "住宅", "commercial": "商业", "office": "办公", "parking": "车位"}),
    Column("state", "状态", "choice", choices={"sold": "已售", "unsold": "未售", "seized": "查封"}),
    Column("area", "面积", "area", **AREA),
)
ALL = {fact.name: fact for fact in (SALE, WITHDRAWAL, UNIT)}


def write_snapshot(rows: int, seed: int = 20230630) -> Manifest:
    """Write all three facts with this many rows each; the same seed gives the same files."""
    chance = np.random.default_rng(seed)
    return Manifest({fact.name: _write(fact, rows, chance) for fact in ALL.values()})


def _write(fact: Fact, rows: int, chance: np.random.Generator) -> FactSegments:
    table = pa.table(
        {
            "record_table": pa.array([fact.sources[0].table] * rows),
            "record_id": np.arange(1, rows + 1),
            "region_code": _pick(chance, REGIONS, rows),
            "bureau_id": chance.integers(1, 10, rows),
            **{name: _values(chance, column, rows) for name, column in fact.columns.items()},
        },
        schema=segments.schema(fact.kinds()),
    )
    made = []
    for bucket in range(rows // BUCKET_IDS + 1):
        begin = max(bucket * BUCKET_IDS - 1, 0)
        part = table.slice(begin, min((bucket + 1) * BUCKET_IDS - 1, rows) - begin)
        made.append(segments.write(fact.name, fact.sources[0].table, bucket, part))
    return FactSegments(fact.fingerprint, fact.kinds(), tuple(made))


def _values(chance: np.random.Generator, column: Column, rows: int) -> pa.Array:
    if column.type == "money":
        return pa.array(chance.integers(1_000_000, 300_000_000, rows))
    if column.type == "area":
        return pa.array(chance.integers(2_000, 25_000, rows))
    if column.type == "choice":
        return _pick(chance, list(column.choices), rows)
    if column.type == "text":
        return _pick(chance, [f"{column.name}{number}" for number in range(rows // 3)], rows)
    days = np.datetime64("2021-01-01") + chance.integers(0, 3 * 365, rows)
    empty = chance.random(rows) < 0.7 if column.name == "removed_on" else np.zeros(rows, dtype=bool)
    return pa.array(days.astype("datetime64[D]"), mask=empty)


def _pick(chance: np.random.Generator, values: list[str], rows: int) -> pa.Array:
    return pa.DictionaryArray.from_arrays(chance.integers(0, len(values), rows).astype(np.int32), pa.array(values)).cast(pa.string())
