"""From a slice's parameters.yaml to Parameters; every mistake is said with file and line."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from anju.kernel.declarations.reading import YamlText, read_file, read_text
from anju.kernel.parameters.declaration import COUNTRY, Column, DeclaredValue, Kind, Parameter, Shape
from anju.kernel.parameters.values import Unfit, stored

BAD = "parameters.declaration"
NAME = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+", re.ASCII)
COLUMN = re.compile(r"[a-z][a-z0-9_]*", re.ASCII)
REGION = re.compile(r"\d{2}(\d{2}(\d{2}(\d{3}(\d{3})?)?)?)?", re.ASCII)
WORDS = ("name", "type", "unit", "meaning", "min", "max", "places", "choices", "columns", "key", "values")
COLUMN_WORDS = ("label", "type", "unit", "min", "max", "places", "choices", "required")
VALUE_WORDS = ("region", "from", "to", "value", "document", "note")
LONGEST_NAME, LONGEST_TEXT, MOST_VALUES, MOST_COLUMNS, MOST_CHOICES, MOST_PLACES = 80, 300, 500, 20, 60, 8

Path_ = tuple[str | int, ...]


def read_parameters(text: str, *, file: str, slice: str) -> list[Parameter]:
    """The parameters of a page. Raises AnjuError with every problem at `file:line` (`parameters.declaration`, `declarations.yaml`)."""
    return _read(read_text(text, file), slice)


def read_parameters_file(path: Path, *, file: str, slice: str) -> list[Parameter]:
    """The same of a file; `file` is what problems call it."""
    return _read(read_file(path, file), slice)


def _read(read: YamlText, slice: str) -> list[Parameter]:
    found = [_Entry(read, name, slice).parameter() for name in read.data]
    read.refuse()
    return [one for one in found if one is not None]


class _Entry:
    """One parameter being read; what is wrong is noted in the page."""

    def __init__(self, read: YamlText, name: str, slice: str) -> None:
        self.read, self.name, self.slice = read, name, slice
        self.sound = True

    def complain(self, what: str, advice: str, *path: str | int) -> None:
        self.sound = False
        self.read.complain(BAD, f"{self.name}：{what}。", advice, self.name, *path)

    def parameter(self) -> Parameter | None:
        data = self.read.data[self.name]
        if not NAME.fullmatch(self.name) or len(self.name) > LONGEST_NAME or not self.name.startswith(f"{self.slice}."):
            self.complain("名称不合规", f"以“{self.slice}.”开头，用小写英文单词、下划线和点，不超过{LONGEST_NAME}个字符。")
        if not isinstance(data, dict):
            self.complain("应是“键: 值”", f"可用：{'、'.join(WORDS)}。")
            return None
        self._unknown(data, WORDS)
        shape = self._shape(data, ())
        columns = self._columns(data.get("columns"), shape.kind)
        parameter = Parameter(
            name=self.name,
            title=self._text(data.get("name"), "name"),
            shape=shape,
            meaning=self._text(data.get("meaning"), "meaning"),
            slice=self.slice,
            columns=columns,
            key=self._key(data.get("key"), columns),
            where=self.read.where(self.name),
        )
        if not self.sound:
            return None
        values = self._values(data.get("values"), parameter)
        self._apart(values)
        return replace(parameter, values=tuple(values.values()))

    def _unknown(self, data: Mapping[str, Any], words: tuple[str, ...], *path: str | int) -> None:
        for key in data:
            if key not in words:
                self.complain(f"不认识“{key}”", f"可用：{'、'.join(words)}。", *path, key)

    def _text(self, value: Any, *path: str | int, longest: int = LONGEST_TEXT, required: bool = True) -> str:
        if value is None and not required:
            return ""
        if not isinstance(value, str) or not value.strip() or len(value) > longest:
            self.complain(f"缺少“{path[-1]}”，或不是1至{longest}字的文字", "请填写；像数或日期的文字请加引号。", *path)
            return ""
        return value.strip()

    def _shape(self, data: Mapping[str, Any], path: Path_) -> Shape:
        kinds = [kind for kind in Kind if not path or kind is not Kind.TABLE]
        written = data.get("type")
        if written not in list(kinds):
            self.complain(f"类型“{written}”不认识", f"可用：{'、'.join(kinds)}。", *path, "type")
            return Shape(Kind.TEXT)
        kind = Kind(str(written))
        unit = data.get("unit", "")
        if not isinstance(unit, str) or len(unit) > 30:
            self.complain("单位应是30字以内的文字", "例如 元/㎡·月、日、%。", *path, "unit")
            unit = ""
        if kind is Kind.MONEY and unit and not unit.startswith("元"):
            self.complain(f"金额的单位“{unit}”应以元开头", "例如 元、元/㎡·月；金额按分保存。", *path, "unit")
        return Shape(
            kind=kind,
            unit=unit,
            low=self._bound(data, kind, (*path, "min")),
            high=self._bound(data, kind, (*path, "max")),
            places=self._places(data, kind, (*path, "places")),
            choices=self._choices(data, kind, (*path, "choices")),
        )

    def _bound(self, data: Mapping[str, Any], kind: Kind, path: Path_) -> Decimal | None:
        value = data.get(str(path[-1]))
        if value is None:
            return None
        try:
            if kind not in (Kind.INTEGER, Kind.DECIMAL, Kind.AREA, Kind.MONEY):
                raise Unfit("只能用于数")
            return Decimal(stored(Parameter(self.name, "", Shape(kind, places=MOST_PLACES), "", ""), self._plain(kind, value)))
        except Unfit as wrong:
            self.complain(f"“{path[-1]}”{wrong}", "请核对。", *path)
            return None

    def _places(self, data: Mapping[str, Any], kind: Kind, path: Path_) -> int:
        value = data.get("places", 4)
        if (
            isinstance(value, bool)
            or not isinstance(value, int)
            or not 0 <= value <= MOST_PLACES
            or ("places" in data and kind is not Kind.DECIMAL)
        ):
            self.complain(f"places 应是0至{MOST_PLACES}的整数，只用于 decimal", "请核对。", *path)
            return 4
        return value

    def _choices(self, data: Mapping[str, Any], kind: Kind, path: Path_) -> dict[str, str]:
        value = data.get("choices")
        if kind is not Kind.CHOICE:
            if value is not None:
                self.complain("只有 choice 写 choices", "请删去。", *path)
            return {}
        if not isinstance(value, dict) or not 1 <= len(value) <= MOST_CHOICES:
            self.complain(f"choices 应有1至{MOST_CHOICES}项“代码: 名称”", "例如 {calendar: 自然日, working: 工作日}。", *path)
            return {}
        return {code: self._text(label, *path, code, longest=60) for code, label in value.items()}

    def _columns(self, value: Any, kind: Kind) -> tuple[Column, ...]:
        if kind is not Kind.TABLE:
            if value is not None:
                self.complain("只有 table 写 columns", "请删去。", "columns")
            return ()
        if not isinstance(value, dict) or not 1 <= len(value) <= MOST_COLUMNS:
            self.complain(f"columns 应有1至{MOST_COLUMNS}列", "每列写 label 和 type。", "columns")
            return ()
        columns = []
        for name, data in value.items():
            if not COLUMN.fullmatch(name) or not isinstance(data, dict):
                self.complain(f"列“{name}”不合规", "列名用小写英文，内容是“键: 值”。", "columns", name)
                continue
            self._unknown(data, COLUMN_WORDS, "columns", name)
            required = data.get("required", True)
            if not isinstance(required, bool):
                self.complain("required 应是 true 或 false", "请核对。", "columns", name, "required")
            label = self._text(data.get("label"), "columns", name, "label", longest=60)
            columns.append(Column(name, label, self._shape(data, ("columns", name)), required is not False))
        return tuple(columns)

    def _key(self, value: Any, columns: tuple[Column, ...]) -> tuple[str, ...]:
        if value is None:
            return ()
        names = [value] if isinstance(value, str) else value
        known = {column.name for column in columns}
        if not isinstance(names, list) or not all(isinstance(name, str) and name in known for name in names):
            self.complain("key 应是表中的列名", f"可用：{'、'.join(sorted(known))}。", "key")
            return ()
        return tuple(names)

    def _values(self, value: Any, parameter: Parameter) -> dict[int, DeclaredValue]:
        if value is None:
            return {}
        if not isinstance(value, list) or len(value) > MOST_VALUES:
            self.complain(f"values 应是至多{MOST_VALUES}项", "每项写 from、value、document。", "values")
            return {}
        found = {number: self._value(data, parameter, number) for number, data in enumerate(value)}
        return {number: one for number, one in found.items() if one is not None}

    def _value(self, data: Any, parameter: Parameter, number: int) -> DeclaredValue | None:
        path: Path_ = ("values", number)
        if not isinstance(data, dict):
            self.complain("每个值应是“键: 值”", f"可用：{'、'.join(VALUE_WORDS)}。", *path)
            return None
        self._unknown(data, VALUE_WORDS, *path)
        region = str(data.get("region", COUNTRY))
        if region and not REGION.fullmatch(region):
            self.complain(f"地区“{region}”不是区划代码", "写统计用区划代码（省2位、市4位、县6位、乡镇9位）；全国不写。", *path, "region")
        start, end = data.get("from"), data.get("to")
        if not isinstance(start, datetime.date):
            self.complain("缺少起始日期 from", "写成 2024-01-01。", *path, "from")
            return None
        if end is not None and (not isinstance(end, datetime.date) or end <= start):
            self.complain("to 应是晚于 from 的日期", "to 当日起不再适用。", *path, "to")
            end = None
        document = self._text(data.get("document"), *path, "document", longest=200)
        try:
            kept = stored(parameter, self._plain(parameter.kind, data.get("value")))
        except Unfit as wrong:
            self.complain(f"值{wrong}", "请核对。", *path, "value")
            return None
        note = self._text(data.get("note"), *path, "note", required=False)
        return DeclaredValue(kept, start, end, document, region, note)

    def _plain(self, kind: Kind, value: Any) -> Any:
        # In a page a bare number could be 元 or 分: money is written with its unit.
        if kind is Kind.MONEY and not isinstance(value, str):
            raise Unfit("应是金额并写明单位，例如 9.50元")
        if kind is Kind.TABLE and isinstance(value, list):
            money = {column for column, data in self._raw_columns().items() if isinstance(data, dict) and data.get("type") == "money"}
            for number, row in enumerate(value, start=1):
                for column in money & set(row if isinstance(row, dict) else ()):
                    if row[column] is not None and not isinstance(row[column], str):
                        raise Unfit(f"第{number}行“{column}”应是金额并写明单位，例如 9.50元")
        return value

    def _raw_columns(self) -> dict[str, Any]:
        columns = self.read.data[self.name].get("columns")
        return columns if isinstance(columns, dict) else {}

    def _apart(self, values: Mapping[int, DeclaredValue]) -> None:
        held: dict[str, list[tuple[int, DeclaredValue]]] = {}
        for number, one in values.items():
            for _earlier, other in held.get(one.region, []):
                if (other.end is None or one.start < other.end) and (one.end is None or other.start < one.end):
                    self.complain(f"{one.start}起的值与{other.start}起的值重叠", "前一个值写 to，等于后一个值的 from。", "values", number)
                    break
            held.setdefault(one.region, []).append((number, one))
