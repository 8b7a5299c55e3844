"""YAML read with the line of everything, so that a mistake in a declaration can be shown where it stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import yaml

from anju.kernel.errors import AnjuError, Problem

Path = tuple[str | int, ...]
MAX_DEPTH = 12
MAX_NODES = 20_000


@dataclass(slots=True)
class YamlText:
    """`data`: plain Python values, mapping keys always text. `lines`: the line of every path, beginning with 1."""

    file: str
    data: Any
    lines: dict[Path, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def where(self, *path: str | int) -> str:
        """`file:line` of the path, or of the nearest thing around it."""
        for length in range(len(path), -1, -1):
            if path[:length] in self.lines:
                return f"{self.file}:{self.lines[path[:length]]}"
        return self.file

    def complain(self, code: str, what: str, advice: str, *path: str | int) -> None:
        """Note a problem at this path."""
        self.problems.append(Problem(code=code, where=self.where(*path), what=what, advice=advice))

    def refuse(self) -> None:
        """Raise AnjuError with every problem noted so far, if any."""
        if self.problems:
            raise AnjuError(self.problems)


def read_yaml(text: str, file: str) -> YamlText:
    """Compose and construct one document. Raises AnjuError `ledgers.yaml` for a syntax error, with file:line."""
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"{file}:{mark.line + 1}" if mark else file
        what = getattr(error, "problem", None) or "无法解析"
        raise AnjuError.of(
            "ledgers.yaml", f"YAML 语法错误：{what}。", where=where, advice="请检查该行及上一行的缩进、冒号和引号。"
        ) from error
    read = YamlText(file=file, data=None)
    read.data = None if node is None else _value(node, (), read)
    return read


def _value(node: yaml.Node, path: Path, read: YamlText) -> Any:
    read.lines[path] = node.start_mark.line + 1
    if len(read.lines) > MAX_NODES:
        read.complain("ledgers.yaml", f"内容超过{MAX_NODES}项。", "请核对是否用了层层引用。")
        read.refuse()
    if len(path) > MAX_DEPTH:
        read.complain("ledgers.yaml", "嵌套层次太深。", "声明只需要四五层。", *path)
        return None
    if isinstance(node, yaml.MappingNode):
        result: dict[str, Any] = {}
        for key_node, value_node in node.value:
            # Keys stay as written: YAML would make booleans of `yes` and `no`, which are choices here.
            key = str(key_node.value)
            if key in result:
                read.lines[(*path, key)] = key_node.start_mark.line + 1
                read.complain("ledgers.yaml", f"“{key}”写了两次。", "请删去一处。", *path, key)
            result[key] = _value(value_node, (*path, key), read)
            read.lines[(*path, key)] = key_node.start_mark.line + 1
        return result
    if isinstance(node, yaml.SequenceNode):
        return [_value(item, (*path, index), read) for index, item in enumerate(node.value)]
    return _scalar(node)


def _scalar(node: yaml.Node) -> Any:
    if node.tag in ("tag:yaml.org,2002:float", "tag:yaml.org,2002:timestamp"):
        return str(node.value)  # limits and dates are parsed exactly by whoever knows the field
    if node.tag == "tag:yaml.org,2002:bool" and node.value.lower() not in ("true", "false"):
        return str(node.value)  # `no` is a fine name for a number
    return yaml.SafeLoader("").construct_object(node)
