"""The stages of a matter and the steps in them, from the page."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from anju.kernel.calendar.reasons import STOP_REASONS
from anju.kernel.cases.matters.declaration import FormField, Publicity, Stage, Step
from anju.kernel.cases.matters.limits import read_term
from anju.kernel.cases.matters.words import DECISIONS, ON_RETURN, TOGETHER
from anju.kernel.declarations.entries import Entry

MAX_STAGES = 40
STEP_WORDS = (
    "name", "role", "upper", "department", "limit", "decisions", "returns", "after_return", "forwards", "on_return", "not_same_person_as",
    "fields", "checks", "issues", "verb", "help",
)  # fmt: skip
STAGE_WORDS = ("name", "together", "on_return", "on_refusal", "early", "level", "when", "by_forward", "off_clock", "publicity", "steps")
FIELD_WORDS = ("label", "type", "required", "choices", "help")
FIELD_TYPES = ("text", "integer", "money", "area", "date", "choice", "flag")


def read_stages(matter: Entry, source: str) -> tuple[Stage, ...]:
    """The stages in order, with the levels of review counted."""
    value = matter.data.get("stages")
    if not isinstance(value, list) or not 1 <= len(value) <= MAX_STAGES:
        matter.complain(f"stages 应列出1至{MAX_STAGES}个阶段。", "每个阶段一行：- 代码: {…}。", "stages")
        return ()
    stages: list[Stage] = []
    for place, item in enumerate(value):
        if not isinstance(item, dict) or len(item) != 1:
            matter.complain("一个阶段应只有一个代码。", "写作 - accept: {role: …}。", "stages", place)
            continue
        ((code, body),) = item.items()
        entry = Entry(matter.read, matter.code, body, *matter.path, "stages", place, code)
        entry.well_named(code)
        stages.append(_stage(entry, code, source))
    return _levels(stages, matter)


def _levels(stages: list[Stage], matter: Entry) -> tuple[Stage, ...]:
    counted, level = [], 0
    for place, stage in enumerate(stages):
        body: Any = matter.data["stages"][place]
        spec = next(iter(body.values())) if isinstance(body, dict) and len(body) == 1 else {}
        is_level = spec.get("level", stage.publicity is None) if isinstance(spec, dict) else True
        counted.append(replace(stage, level=level) if is_level else stage)
        level += bool(is_level)
    return tuple(counted)


def _stage(entry: Entry, code: str, source: str) -> Stage:
    several = "steps" in entry
    entry.only(STAGE_WORDS if several else (*STAGE_WORDS, *STEP_WORDS))
    together, needed = _together(entry, several)
    entry.flag("level", True)
    off_clock = entry.one_of("off_clock", STOP_REASONS)
    publicity = _publicity(entry, source)
    if publicity is not None and several:
        entry.complain("公示阶段只有一个环节。", "请去掉 steps。", "steps")
    if several:
        steps = tuple(_step(inner, name, code, source) for name, inner in entry.each("steps", most=30))
    else:
        steps = (_step(entry, code, code, source),)
    return Stage(
        code=code,
        title=entry.text("name", needed=code != "accept", longest=40) or "受理",
        steps=steps,
        together=together,
        needed=needed,
        on_return=entry.one_of("on_return", ON_RETURN, "redo_all") if several else "redo_all",
        on_refusal=entry.text("on_refusal", needed=False) or "refuse",
        early=entry.flag("early", together in ("any", "at_least", "in_order")),
        when=entry.text("when", needed=False, longest=500),
        by_forward=entry.flag("by_forward"),
        off_clock=off_clock,
        publicity=publicity,
    )


def _together(entry: Entry, several: bool) -> tuple[str, int]:
    value = entry.data.get("together")
    if not several:
        if value not in (None, "one"):
            entry.complain("只有一个环节的阶段没有 together。", "请把各方写在 steps 里。", "together")
        return "one", 1
    if isinstance(value, dict):
        inner = entry.inside("together")
        inner.only(("at_least",))
        return "at_least", inner.whole("at_least", 1, least=1, most=30)
    if value is None:
        entry.complain("没有写各方怎样才算通过。", "together 可用 all、any、{at_least: 2}、in_order。", "steps")
    word = entry.one_of("together", [word for word in TOGETHER if word not in ("one", "at_least")], "all")
    return word, 0


def _publicity(entry: Entry, source: str) -> Publicity | None:
    if "publicity" not in entry:
        return None
    inner = entry.inside("publicity")
    inner.only(("days", "channels", "settle_within"))
    days = read_term(inner, "days", source)
    if days is None:
        if "days" not in inner:
            inner.complain("公示没有天数。", "写 days: 7cd 或 {parameter: …}。")
        return None
    return Publicity(days, inner.words("channels"), read_term(inner, "settle_within", source))


def _step(entry: Entry, code: str, stage: str, source: str) -> Step:
    alone = code == stage
    if not alone:
        entry.only(STEP_WORDS)
    return Step(
        code=code,
        title=entry.text("name", needed=not (alone and code == "accept"), longest=40) or "受理",
        stage=stage,
        role=entry.text("role", needed=False),
        upper=entry.flag("upper"),
        department=entry.text("department", needed=False),
        limit=read_term(entry, "limit", source),
        decisions=_decisions(entry, code),
        returns=entry.words("returns") if "returns" in entry or entry.data.get("returns") == [] else ("*",),
        straight=entry.one_of("after_return", ("walk", "straight"), "walk") == "straight",
        forwards=entry.words("forwards"),
        on_return=entry.one_of("on_return", ON_RETURN),
        not_same_person_as=entry.words("not_same_person_as"),
        fields=tuple(_field(inner, name) for name, inner in entry.each("fields")),
        checks=entry.words("checks"),
        issues=entry.words("issues"),
        verb=entry.text("verb", needed=False, longest=12),
        help=entry.text("help", needed=False),
    )


def _decisions(entry: Entry, code: str) -> dict[str, str]:
    """Decision to label; by default agree, refuse and return (no return where nothing lies before), and forward where targets are named."""
    value = entry.data.get("decisions")
    default = {"agree": "同意", "refuse": "不予", "return": "退回"}
    if code == "accept":
        default = {"agree": "受理", "refuse": "不予受理"}
    if "forwards" in entry:
        default["forward"] = DECISIONS["forward"]
    if value is None:
        return default
    found = entry.labels("decisions") if isinstance(value, dict) else {word: default.get(word, "") for word in entry.words("decisions")}
    for word in found:
        if word not in DECISIONS:
            entry.complain(f"没有“{word}”这种决定。", f"可用：{'、'.join(DECISIONS)}。", "decisions")
    return {word: label or DECISIONS.get(word, word) for word, label in found.items()}


def _field(entry: Entry, name: str) -> FormField:
    entry.only(FIELD_WORDS)
    kind = entry.one_of("type", FIELD_TYPES, "text")
    choices = entry.labels("choices")
    if (kind == "choice") != bool(choices):
        entry.complain("choice 字段要列出选项，其他字段没有选项。", "例如 choices: {yes: 是, no: 否}。", "choices")
    return FormField(name, entry.text("label", longest=40), kind, entry.flag("required"), choices, entry.text("help", needed=False))
