"""A report template: a YAML head that says what the paper is, and Chinese text with slots."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives import hashes

from anju.kernel.declarations.reading import YamlText, read_text
from anju.kernel.errors import AnjuError, Problem
from anju.kernel.reports.findings.relations import Relation, read_relations
from anju.kernel.reports.language.nodes import Node
from anju.kernel.reports.language.parser import parse_body

PERIOD_KINDS = ("year", "half", "quarter", "month", "range")
MAX_BYTES = 400_000
_HEAD_KEYS = frozenset({
    "name", "title", "version", "periods", "subtitle", "addressee", "number", "signed_by", "sealed", "attachments", "growth", "relations",
})  # fmt: skip
_FENCE = "---"


@dataclass(frozen=True, slots=True)
class Template:
    """One template. `head_words`: title, addressee and so on, as nodes, because variables may stand in them.

    `growth`: the two words of growth, 上升 and 下降 unless the head says otherwise. `digest`: SM3 (hex) of the file.
    """

    name: str
    label: str
    slice: str
    version: int
    periods: tuple[str, ...]
    head_words: dict[str, tuple[Node, ...]]
    attachments: tuple[tuple[Node, ...], ...]
    sealed: bool
    growth: tuple[str, str]
    relations: tuple[Relation, ...]
    body: tuple[Node, ...]
    source: str
    file: str
    body_line: int
    digest: str


def read_template(path: Path, *, slice_name: str) -> Template:
    """Read one file. Raises AnjuError with every mistake of language and head, each with file, line and column."""
    name = f"{slice_name}/reports/{path.name}"
    if path.stat().st_size > MAX_BYTES:
        raise AnjuError.of("reports.template.too_big", f"模板超过{MAX_BYTES}字节。", where=name, advice="请拆成几份模板。")
    try:
        text = path.read_text(encoding="utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise AnjuError.of("reports.template.encoding", "模板不是UTF-8编码。", where=name, advice="请用“另存为”改成UTF-8。") from error
    return parse_template(text, name=name, stem=path.stem, slice_name=slice_name)


def parse_template(text: str, *, name: str, stem: str, slice_name: str) -> Template:
    """Read a template from its text; `name` is what errors call the file, `stem` the template's name unless the head gives one."""
    problems: list[Problem] = []
    head_text, body, body_line = _split(text, name, problems)
    source = read_text(head_text, name)
    problems += source.problems
    head = source.data
    for key in head:
        if key not in _HEAD_KEYS:
            problems.append(_head_problem(source, key, f"模板头里不认识“{key}”。", f"可用的有：{'、'.join(sorted(_HEAD_KEYS))}。"))
    nodes = parse_body(body, name=name, first_line=body_line, problems=problems)
    words = {key: _words(source, head, key, problems) for key in ("title", "subtitle", "addressee", "number", "signed_by")}
    if not words["title"]:
        problems.append(_head_problem(source, "title", "模板头里缺少标题title。", '例如 title: "{期间}工作情况的报告"。'))
    attachments = tuple(_inline(str(item), source, ("attachments", at), problems) for at, item in enumerate(_list(head.get("attachments"))))
    template = Template(
        name=str(head.get("name") or stem),
        label=str(head.get("title") or stem),
        slice=slice_name,
        version=_version(source, head, problems),
        periods=_periods(source, head, problems),
        head_words=words,
        attachments=attachments,
        sealed=head.get("sealed") is not False,
        growth=_growth(source, head, problems),
        relations=read_relations(source, ("relations",), head.get("relations"), problems),
        body=nodes,
        source=text,
        file=name,
        body_line=body_line,
        digest=_digest(text),
    )
    if problems:
        raise AnjuError(sorted(problems, key=lambda problem: _line(problem.where)))
    return template


def _split(text: str, name: str, problems: list[Problem]) -> tuple[str, str, int]:
    lines = text.split("\n")
    if lines[0].strip() == _FENCE:
        for number, line in enumerate(lines[1:], start=1):
            if line.strip() == _FENCE:
                return "\n" + "\n".join(lines[1:number]), "\n".join(lines[number + 1 :]), number + 2
    problems.append(
        Problem(
            "reports.template.head",
            f"{name}:1",
            "模板开头缺少头部。",
            "第一行写“---”，接着写 title 等，再以单独一行“---”结束，然后是正文。",
        )
    )
    return "", text, 1


def _inline(text: str, source: YamlText, path: tuple[str | int, ...], problems: list[Problem]) -> tuple[Node, ...]:
    line = int(source.where(*path).rpartition(":")[2])
    return parse_body(text, name=source.name, first_line=line, problems=problems)


def _words(source: YamlText, head: dict[str, Any], key: str, problems: list[Problem]) -> tuple[Node, ...]:
    value = head.get(key)
    return () if value is None else _inline(str(value), source, (key,), problems)


def _version(source: YamlText, head: dict[str, Any], problems: list[Problem]) -> int:
    version = head.get("version", 1)
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        problems.append(_head_problem(source, "version", "版本应是从1起的整数。"))
        return 1
    return version


def _periods(source: YamlText, head: dict[str, Any], problems: list[Problem]) -> tuple[str, ...]:
    kinds = tuple(str(kind) for kind in _list(head.get("periods", list(PERIOD_KINDS))))
    unknown = [kind for kind in kinds if kind not in PERIOD_KINDS]
    if unknown or not kinds:
        problems.append(
            _head_problem(source, "periods", f"报告期类型“{'、'.join(unknown)}”不对。", f"可用的有：{'、'.join(PERIOD_KINDS)}。")
        )
    return kinds


def _growth(source: YamlText, head: dict[str, Any], problems: list[Problem]) -> tuple[str, str]:
    words = [str(word) for word in _list(head.get("growth", ["上升", "下降"]))]
    if len(words) != 2 or not all(words):
        problems.append(_head_problem(source, "growth", "growth应是两个词。", "例如 growth: [增长, 下降]。"))
        return "上升", "下降"
    return words[0], words[1]


def _head_problem(source: YamlText, key: str, what: str, advice: str = "") -> Problem:
    return Problem("reports.template.head", source.where(key), what, advice)


def _list(value: Any) -> list[Any]:
    return [] if value is None else list(value) if isinstance(value, list) else [value]


def _line(where: str) -> tuple[int, int]:
    numbers = [int(part) for part in where.split(":")[1:] if part.isdigit()]
    line, column = [*numbers, 0, 0][:2]
    return line, column


def _digest(text: str) -> str:
    digest = hashes.Hash(hashes.SM3())
    digest.update(text.encode())
    return digest.finalize().hex()
