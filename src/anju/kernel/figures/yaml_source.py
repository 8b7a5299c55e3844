"""YAML with the line of every entry, exact numbers and no silent doubles."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import yaml

from anju.kernel.errors import Problem

MAX_BYTES = 2_000_000
MAX_DEPTH = 12
MAX_NODES = 100_000
"""Repeated aliases can make a page of text as large as one likes."""


@dataclass(slots=True)
class Source:
    """A read file. `lines` maps the path of an entry (keys and list positions) to its line, counted from 1."""

    name: str
    data: dict[str, Any] = field(default_factory=dict)
    lines: dict[tuple[str | int, ...], int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def where(self, *path: str | int) -> str:
        """`file:line` of an entry, or of the nearest one above it."""
        for length in range(len(path), 0, -1):
            line = self.lines.get(path[:length])
            if line is not None:
                return f"{self.name}:{line}"
        return f"{self.name}:1"


def read(path: Path, name: str) -> Source:
    """The file, whose top is a mapping; what cannot be read is in `problems`."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise ValueError(f"文件超过{MAX_BYTES}字节")
        return read_text(path.read_text(encoding="utf-8"), name)
    except (OSError, ValueError) as wrong:
        source = Source(name)
        source.problems.append(Problem("figures.bad_yaml", f"{name}:1", f"读不了这个文件：{wrong}。", "请检查文件编码是否UTF-8。"))
        return source


def read_text(text: str, name: str) -> Source:
    """The same for YAML that stands in another file, for example the head of a template; blank lines before it keep its line numbers."""
    source = Source(name)
    try:
        top = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as wrong:
        line = wrong.problem_mark.line + 1 if wrong.problem_mark else 1
        source.problems.append(
            Problem("figures.bad_yaml", f"{name}:{line}", f"YAML写法有误：{wrong.problem}。", "请检查缩进、冒号和引号。")
        )
        return source
    except (ValueError, yaml.YAMLError) as wrong:
        source.problems.append(Problem("figures.bad_yaml", f"{name}:1", f"读不了这个文件：{wrong}。", "请检查文件编码是否UTF-8。"))
        return source
    if top is None:
        return source
    if not isinstance(top, yaml.MappingNode):
        source.problems.append(Problem("figures.bad_yaml", f"{name}:1", "文件最外层应是“键: 值”。", "每个指标以它的键开头。"))
        return source
    source.data = _Builder(source).mapping(top, ())
    return source


class _Builder:
    def __init__(self, source: Source) -> None:
        self.source = source
        self.scalars = yaml.SafeLoader("")
        self.nodes = 0

    def mapping(self, node: yaml.MappingNode, path: tuple[str | int, ...]) -> dict[str, Any]:
        # Keys stay text: YAML 1.1 would read `on:` as true.
        found: dict[str, Any] = {}
        for key, value in node.value:
            name = str(key.value)
            line = key.start_mark.line + 1
            if name in found:
                self.problem(line, f"“{name}”写了两次", "请删去其中一个。")
            self.source.lines[(*path, name)] = line
            found[name] = self.value(value, (*path, name))
        return found

    def value(self, node: yaml.Node, path: tuple[str | int, ...]) -> Any:
        self.source.lines.setdefault(path, node.start_mark.line + 1)
        self.nodes += 1
        if self.nodes > MAX_NODES:
            return self.problem(node.start_mark.line + 1, "内容太多", f"最多{MAX_NODES}项。") if self.nodes == MAX_NODES + 1 else None
        if len(path) > MAX_DEPTH:
            self.problem(node.start_mark.line + 1, "层次太深", f"最多{MAX_DEPTH}层。")
            return None
        if isinstance(node, yaml.MappingNode):
            return self.mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(each, (*path, position)) for position, each in enumerate(node.value)]
        return self.scalar(node)

    def scalar(self, node: yaml.Node) -> Any:
        line = node.start_mark.line + 1
        try:
            if node.tag == "tag:yaml.org,2002:float":
                number = Decimal(str(node.value).replace("_", ""))
                return number if number.is_finite() else self.problem(line, f"“{node.value}”不是数", "请写普通的数。")
            value = self.scalars.construct_object(node)
        except (ValueError, InvalidOperation, yaml.YAMLError):
            return self.problem(line, f"“{node.value}”读不懂", "文字请加引号。")
        return self.problem(line, f"“{node.value}”带有时刻", "请只写日期。") if isinstance(value, datetime) else value

    def problem(self, line: int, what: str, advice: str) -> None:
        self.source.problems.append(Problem("figures.bad_yaml", f"{self.source.name}:{line}", f"{what}。", advice))
