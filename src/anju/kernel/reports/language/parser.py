"""Read a template's body into nodes; every mistake is listed with its line and column."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from anju.kernel.errors import Problem
from anju.kernel.reports.language.conditions import parse_condition
from anju.kernel.reports.language.nodes import Branch, Choice, Condition, Each, Node, Place, Slot, Text, Variable
from anju.kernel.reports.language.pieces import Piece, cut
from anju.kernel.reports.language.references import PATTERN, NotAReference, parse_reference

_EACH = re.compile(
    rf"逐项\s*(?P<dimension>[a-z][a-z0-9_]*)\s*取自\s*(?P<reference>{PATTERN})\s*(?:分隔\s*[\"“”'](?P<separator>[^\"“”']*)[\"“”'])?$"
)
MAX_DEPTH = 4


@dataclass
class _Open:
    """A list or a choice whose end has not been read yet; `into` receives the nodes that come."""

    piece: Piece | None
    into: list[Node]
    branches: list[Branch] = field(default_factory=list)
    condition: Condition | None = None
    otherwise: bool = False
    each: re.Match[str] | None = None


class _Parser:
    def __init__(self, name: str, problems: list[Problem]) -> None:
        self.name, self.problems = name, problems
        self.stack = [_Open(None, [])]

    def problem(self, place: Place, what: str, advice: str = "") -> None:
        self.problems.append(Problem("reports.template.syntax", f"{self.name}:{place.line}:{place.column}", what, advice))

    def read(self, piece: Piece) -> None:
        if not piece.braced:
            self.stack[-1].into.append(Text(piece.text, piece.place))
            return
        text = piece.text
        try:
            if text.startswith("逐项完"):
                self.end_each(piece)
            elif text.startswith("逐项"):
                self.begin_each(piece)
            elif text.startswith("如果完"):
                self.end_choice(piece)
            elif text.startswith("如果"):
                self.push(_Open(piece, [], condition=parse_condition(text[2:])))
            elif text.startswith("否则如果"):
                self.next_branch(piece, parse_condition(text[4:]))
            elif text == "否则":
                self.next_branch(piece, None)
            else:
                self.stack[-1].into.append(self.slot(piece))
        except NotAReference as error:
            self.problem(piece.place, f"{error}。", "写法见docs/recipes/add-a-report-template.md“槽位”一节。")
            if text.startswith(("如果", "逐项")) and not text.endswith("完"):
                self.push(_Open(piece, []))  # keep the nesting, so that its end is not a second mistake

    def push(self, opened: _Open) -> None:
        if len(self.stack) > MAX_DEPTH and opened.piece is not None:
            self.problem(opened.piece.place, f"嵌套超过{MAX_DEPTH}层。", "请拆成几段。")
        self.stack.append(opened)

    def slot(self, piece: Piece) -> Slot | Variable:
        head, *formats = (part.strip() for part in piece.text.split("|"))
        if not head or not all(formats):
            raise NotAReference("槽位里缺少内容")
        if "." in head:
            return Slot(parse_reference(head), tuple(formats), piece.place)
        return Variable(head, tuple(formats), piece.place)

    def begin_each(self, piece: Piece) -> None:
        match = _EACH.fullmatch(piece.text)
        if match is None:
            raise NotAReference('逐项应写成“逐项 列名 取自 指标 分隔 "；"”')
        self.push(_Open(piece, [], each=match))

    def end_each(self, piece: Piece) -> None:
        opened = self.stack[-1]
        if opened.piece is None or not opened.piece.text.startswith("逐项"):
            self.problem(piece.place, "这里的“逐项完”没有对应的“逐项”。", "请删去，或在前面补上“逐项”。")
            return
        self.stack.pop()
        if opened.each is not None:
            self.stack[-1].into.append(
                Each(
                    opened.each["dimension"],
                    parse_reference(opened.each["reference"]),
                    opened.each["separator"] or "",
                    tuple(opened.into),
                    opened.piece.place,
                )
            )

    def next_branch(self, piece: Piece, condition: Condition | None) -> None:
        opened = self.stack[-1]
        if opened.piece is None or not opened.piece.text.startswith("如果") or opened.otherwise:
            self.problem(piece.place, "这里的“否则”没有对应的“如果”。", "一个“如果”只能有一个“否则”，写在最后。")
            return
        self._close_branch(opened)
        opened.condition, opened.otherwise, opened.into = condition, condition is None, []

    def end_choice(self, piece: Piece) -> None:
        opened = self.stack[-1]
        if opened.piece is None or not opened.piece.text.startswith("如果"):
            self.problem(piece.place, "这里的“如果完”没有对应的“如果”。", "请删去，或在前面补上“如果”。")
            return
        self.stack.pop()
        otherwise = tuple(opened.into) if opened.otherwise else ()
        self._close_branch(opened)
        self.stack[-1].into.append(Choice(tuple(opened.branches), otherwise, opened.piece.place))

    @staticmethod
    def _close_branch(opened: _Open) -> None:
        if opened.condition is not None and not opened.otherwise:
            opened.branches.append(Branch(opened.condition, tuple(opened.into)))

    def finish(self) -> tuple[Node, ...]:
        for opened in self.stack[1:]:
            if opened.piece is not None:
                word = opened.piece.text[:2]
                self.problem(opened.piece.place, f"“{word}”没有写完。", f"请在后面补上“{{{word}完}}”。")
        return tuple(self.stack[0].into)


def parse_body(body: str, *, name: str, first_line: int, problems: list[Problem]) -> tuple[Node, ...]:
    """The nodes of a template's body. Mistakes are appended to `problems`; `name` and `first_line` make their places."""
    parser = _Parser(name, problems)
    for piece in cut(body, first_line=first_line, problems=problems, name=name):
        parser.read(piece)
    return parser.finish()
