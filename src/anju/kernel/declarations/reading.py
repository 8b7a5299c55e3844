"""YAML with the line of every entry, exact numbers and no silent doubles."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import yaml

from anju.kernel.errors import AnjuError, Problem

BAD = "declarations.yaml"
MAX_BYTES = 2_000_000
MAX_DEPTH = 12
MAX_NODES = 20_000
"""Repeated aliases can make a page of text as large as one likes."""

Place = tuple[str | int, ...]
_PLAIN_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9_]*)")
_FLOAT, _INTEGER, _DAY, _FLAG = (f"tag:yaml.org,2002:{kind}" for kind in ("float", "int", "timestamp", "bool"))


@dataclass(slots=True)
class YamlText:
    """A read page. `data`: its entries, keys always text; empty when the page cannot be read.

    `lines` maps the path of an entry (keys and list positions) to its line, counted from 1.
    """

    name: str
    data: dict[str, Any] = field(default_factory=dict)
    lines: dict[Place, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def where(self, *path: str | int) -> str:
        """`file:line` of an entry, or of the nearest one around it."""
        for length in range(len(path), -1, -1):
            line = self.lines.get(path[:length])
            if line is not None:
                return f"{self.name}:{line}"
        return f"{self.name}:1"

    def complain(self, code: str, what: str, advice: str, *path: str | int) -> None:
        """Note a problem at an entry."""
        self.problems.append(Problem(code=code, where=self.where(*path), what=what, advice=advice))

    def refuse(self) -> None:
        """Raise AnjuError with every problem noted so far, if any."""
        if self.problems:
            raise AnjuError(self.problems)


def read_file(path: Path, name: str, *, as_written: bool = False) -> YamlText:
    """The file, as `read_text`; one that is too large or not UTF-8 is a problem too. `name` is what problems call it."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise ValueError(f"文件超过{MAX_BYTES}字节")
        return read_text(path.read_text(encoding="utf-8-sig"), name, as_written=as_written)
    except (OSError, ValueError) as wrong:
        read = YamlText(name)
        read.complain(BAD, f"读不了这个文件：{wrong}。", "请检查文件编码是否UTF-8。")
        return read


def read_text(text: str, name: str, *, as_written: bool = False) -> YamlText:
    """A page whose top is a mapping; whatever is wrong with it is in `problems` (`declarations.yaml`). Blank lines count as lines.

    Numbers with a fraction become Decimal and dates become date. `as_written` leaves both, and words such as `no`, as the text they
    are written in, for a reader who knows what each entry should be.
    """
    read = YamlText(name)
    try:
        top = yaml.compose(text, Loader=yaml.SafeLoader)
        if isinstance(top, yaml.MappingNode):
            read.data = _Builder(read, as_written).value(top, ())
        elif top is not None:
            read.complain(BAD, "文件最外层应是“键: 值”。", "每一段以它的键开头。")
    except yaml.MarkedYAMLError as wrong:
        line = wrong.problem_mark.line + 1 if wrong.problem_mark else 1
        read.problems.append(Problem(BAD, f"{name}:{line}", f"YAML语法错误：{wrong.problem}。", "请检查该行及上一行的缩进、冒号和引号。"))
    except yaml.YAMLError as wrong:
        read.complain(BAD, f"读不了这个文件：{wrong}。", "请检查文件编码是否UTF-8。")
    except RecursionError:
        read.complain(BAD, "层次太深。", f"最多{MAX_DEPTH}层。")
    except _TooMuch:
        read.complain(BAD, f"内容超过{MAX_NODES}项。", "请核对是否用了层层引用。")
    return read


class _TooMuch(Exception):
    """The page unfolds into more entries than anybody writes."""


class _Builder:
    def __init__(self, read: YamlText, as_written: bool) -> None:
        self.read = read
        self.as_written = as_written
        self.scalars = yaml.SafeLoader("")
        self.nodes = 0

    def value(self, node: yaml.Node, path: Place) -> Any:
        self.read.lines.setdefault(path, node.start_mark.line + 1)
        self.nodes += 1
        if self.nodes > MAX_NODES:
            raise _TooMuch
        if len(path) > MAX_DEPTH:
            return self.problem(node, "层次太深", f"最多{MAX_DEPTH}层。")
        if isinstance(node, yaml.MappingNode):
            return self.mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(each, (*path, position)) for position, each in enumerate(node.value)]
        return self.scalar(node)

    def mapping(self, node: yaml.MappingNode, path: Place) -> dict[str, Any]:
        # Keys stay as written: YAML would make booleans of `on`, `yes` and `no`.
        found: dict[str, Any] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                self.problem(key, "键应是文字", "请检查花括号和方括号。")
                continue
            name = str(key.value)
            if name in found:
                self.problem(key, f"“{name}”写了两次", "请删去其中一个。")
            self.read.lines[(*path, name)] = key.start_mark.line + 1
            found[name] = self.value(value, (*path, name))
        return found

    def scalar(self, node: yaml.Node) -> Any:
        written = str(node.value)
        odd_integer = node.tag == _INTEGER and _PLAIN_INTEGER.fullmatch(written) is None
        if self.as_written:
            odd_flag = node.tag == _FLAG and written.lower() not in ("true", "false")
            if odd_integer or odd_flag or node.tag in (_FLOAT, _DAY):
                return written
        elif odd_integer:  # YAML would read 0512 as 330 and 12:30 as 750
            return self.problem(node, f"“{written}”读不懂", "文字请加引号，整数不要以0开头。")
        try:
            if node.tag == _FLOAT:
                number = Decimal(written.replace("_", ""))
                return number if number.is_finite() else self.problem(node, f"“{written}”不是数", "请写普通的数。")
            value = self.scalars.construct_object(node)
        except (ValueError, InvalidOperation, yaml.YAMLError):
            return self.problem(node, f"“{written}”读不懂", "文字请加引号。")
        if isinstance(value, datetime):
            return self.problem(node, f"“{written}”带有时刻", "请只写日期。")
        if value is not None and not isinstance(value, str | int | date):
            return self.problem(node, f"“{written}”读不懂", "请写文字、数或日期。")
        return value

    def problem(self, node: yaml.Node, what: str, advice: str) -> None:
        self.read.problems.append(Problem(BAD, f"{self.read.name}:{node.start_mark.line + 1}", f"{what}。", advice))
