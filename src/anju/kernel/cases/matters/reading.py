"""From a page of YAML to matters; every mistake is said with file and line, all of them at once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from anju.kernel.calendar.reasons import STOP_REASONS
from anju.kernel.cases.matters.checking import check
from anju.kernel.cases.matters.declaration import (
    CaseClock,
    CheckType,
    Extension,
    Material,
    Matter,
    Reopening,
    Supplement,
)
from anju.kernel.cases.matters.limits import read_term
from anju.kernel.cases.matters.reading_stages import read_stages
from anju.kernel.cases.matters.words import (
    APPLICANTS,
    REOPEN_REASONS,
    SUSPEND_REASONS,
    TERMINATE_REASONS,
)
from anju.kernel.declarations.entries import Entry
from anju.kernel.declarations.reading import YamlText, read_file, read_text

BAD = "cases.declaration"
MATTER_WORDS = (
    "name", "prefix", "version", "applicants", "source", "materials", "stages", "clock", "supplement", "silence_accepts", "refusals",
    "withdraw_until", "suspend_for", "terminate", "reopen", "checks", "outcomes", "data",
)  # fmt: skip
MATERIAL_WORDS = ("name", "required", "when", "at", "may_follow", "late", "accept", "personal", "help")
DATA_KINDS = ("number", "text", "flag", "date")
FILE_KINDS = ("pdf", "jpg", "png", "ofd", "docx", "xlsx", "zip")
_PREFIX = re.compile(r"[A-Z]{2,6}")
_VERSION = re.compile(r"[0-9]{4}-[0-9]{2}(-[0-9]{2})?(\.[0-9]{1,3})?")


def read_matters(text: str, *, file: str, slice: str = "") -> list[Matter]:
    """The matters of a page: `matter_name: {...}` each. Raises AnjuError with every problem found, each at `file:line`."""
    return _matters(read_text(text, file, as_written=True), slice)


def read_matters_file(path: Path, *, file: str, slice: str = "") -> list[Matter]:
    """The same of a file; `file` is what problems call it."""
    return _matters(read_file(path, file, as_written=True), slice)


def read_published(name: str, page: Mapping[str, Any], *, slice: str = "") -> Matter:
    """A published version again, from the page that was stored with it. It was checked when it was published."""
    read = YamlText(f"{name}（已发布）", data={name: dict(page)})
    matter = _matter(read, name, slice)
    read.refuse()
    return matter


def _matters(read: YamlText, slice: str) -> list[Matter]:
    if not read.data and not read.problems:
        read.complain(BAD, "文件里没有事项。", "每个事项以英文名开头：public_rental: {name: …}。")
    read.refuse()
    found = []
    for name in read.data:
        before = len(read.problems)
        matter = _matter(read, name, slice)
        if len(read.problems) == before:
            check(matter, Entry(read, BAD, read.data[name], name))
        found.append(matter)
    read.refuse()
    return found


def _matter(read: YamlText, name: str, slice: str) -> Matter:
    entry = Entry(read, BAD, read.data[name], name)
    entry.well_named(name)
    entry.only(MATTER_WORDS)
    source = entry.text("source", needed=False)
    return Matter(
        name=name,
        title=entry.text("name", longest=60),
        prefix=_shaped(entry, "prefix", _PREFIX, "2至6个大写字母，例如 PR"),
        slice=slice,
        version=_shaped(entry, "version", _VERSION, "年月，例如 2026-01，同月再改写 2026-01.2"),
        applicants=_applicants(entry),
        source=source,
        stages=read_stages(entry, source),
        materials=tuple(_material(inner, code, source) for code, inner in entry.each("materials")),
        clock=_clock(entry, source),
        supplement=_supplement(entry, source),
        silence_accepts=entry.flag("silence_accepts", True),
        refusals=entry.labels("refusals"),
        withdraw_until=entry.text("withdraw_until", needed=False),
        suspensions=_reasons(entry, "suspend_for", SUSPEND_REASONS),
        terminations=_terminations(entry),
        terminate_role=entry.inside("terminate").text("role", needed=False) if "terminate" in entry else "",
        reopening=_reopening(entry),
        checks={code: _check_type(inner, code, source) for code, inner in entry.each("checks")},
        outcomes=entry.labels("outcomes"),
        data=_data(entry),
        where=entry.where,
        page=entry.data,
        lines={path: read.where(*path) for path in read.lines if path[:1] == (name,)},
    )


def _shaped(entry: Entry, key: str, shape: re.Pattern[str], advice: str) -> str:
    text = entry.text(key)
    if text and not shape.fullmatch(text):
        entry.complain(f"“{key}”写的是“{text}”。", f"应为{advice}。", key)
    return text


def _applicants(entry: Entry) -> tuple[str, ...]:
    found = entry.words("applicants")
    if not found:
        entry.complain("没有写谁可以申请。", f"applicants 可用：{'、'.join(APPLICANTS)}。", "applicants")
    for word in found:
        if word not in APPLICANTS:
            entry.complain(f"没有“{word}”这种申请人。", f"可用：{'、'.join(APPLICANTS)}。", "applicants")
    return found


def _material(entry: Entry, code: str, source: str) -> Material:
    entry.only(MATERIAL_WORDS)
    accept = entry.words("accept") or ("pdf", "jpg", "png")
    for kind in accept:
        if kind not in FILE_KINDS:
            entry.complain(f"不收“{kind}”文件。", f"可用：{'、'.join(FILE_KINDS)}。", "accept")
    return Material(
        code=code,
        title=entry.text("name", longest=60),
        required=entry.flag("required", True),
        when=entry.text("when", needed=False, longest=500),
        at=entry.text("at", needed=False) or "accept",
        may_follow=_may_follow(entry, source),
        late=entry.one_of("late", ("terminate", "overdue"), "terminate"),
        accept=accept,
        personal=entry.flag("personal"),
        help=entry.text("help", needed=False),
    )


def _may_follow(entry: Entry, source: str) -> Any:
    if "may_follow" not in entry:
        return None
    inner = entry.inside("may_follow")
    inner.only(("within", "source"))
    limit = read_term(inner, "within", inner.text("source", needed=False) or source)
    if "within" not in inner:
        inner.complain("容缺没有补齐的期限。", "写 within: 5wd。")
    return limit


def _clock(entry: Entry, source: str) -> CaseClock | None:
    if "clock" not in entry:
        return None
    inner = entry.inside("clock")
    inner.only(("limit", "statutory", "stops_for", "extend"))
    limit = read_term(inner, "limit", source)
    if limit is None:
        if "limit" not in inner:
            inner.complain("时钟没有期限。", "写 limit: 20wd。")
        return None
    stops = inner.words("stops_for")
    for reason in stops:
        if reason not in STOP_REASONS:
            inner.complain(f"没有“{reason}”这种停表事由。", f"可用：{'、'.join(STOP_REASONS)}。", "stops_for")
    return CaseClock(limit, read_term(inner, "statutory", source), stops, _extension(inner, source))


def _extension(entry: Entry, source: str) -> Extension | None:
    if "extend" not in entry:
        return None
    inner = entry.inside("extend")
    inner.only(("limit", "role", "times", "source"))
    limit = read_term(inner, "limit", inner.text("source", needed=False) or source)
    if limit is None:
        inner.complain("延长没有写最长多久。", "写 limit: 15wd。")
        return None
    return Extension(limit, inner.text("role"), inner.whole("times", 1, least=1, most=9))


def _supplement(entry: Entry, source: str) -> Supplement:
    value = entry.data.get("supplement")
    if value in (None, "once"):
        return Supplement()
    if value == "never":
        return Supplement(times=0)
    inner = entry.inside("supplement")
    inner.only(("times", "within", "late"))
    return Supplement(
        times=inner.whole("times", 1, most=1),
        within=read_term(inner, "within", source),
        late=inner.one_of("late", ("withdraw", "keep"), "withdraw"),
    )


def _reasons(entry: Entry, key: str, known: Mapping[str, str]) -> dict[str, str]:
    """Reasons by code: words of the house, or a mapping that adds the matter's own."""
    if isinstance(entry.data.get(key), dict):
        return entry.labels(key)
    found = {}
    for word in entry.words(key):
        if word not in known:
            entry.complain(f"不认识事由“{word}”。", f"可用：{'、'.join(known)}，或写成“代码: 名称”。", key)
        found[word] = known.get(word, word)
    return found


def _terminations(entry: Entry) -> dict[str, str]:
    if "terminate" not in entry:
        return dict(TERMINATE_REASONS)
    inner = entry.inside("terminate")
    inner.only(("role", "reasons"))
    own = _reasons(inner, "reasons", TERMINATE_REASONS) or dict(TERMINATE_REASONS)
    automatic = {code: TERMINATE_REASONS[code] for code in ("promise_breached", "supplement_late")}
    return {**automatic, **own}


def _reopening(entry: Entry) -> Reopening | None:
    if "reopen" not in entry:
        return None
    inner = entry.inside("reopen")
    inner.only(("role", "to", "reasons"))
    return Reopening(inner.text("role"), inner.words("to"), _reasons(inner, "reasons", REOPEN_REASONS) or dict(REOPEN_REASONS))


def _check_type(entry: Entry, code: str, source: str) -> CheckType:
    entry.only(("name", "department", "limit", "valid_for", "when"))
    return CheckType(
        code=code,
        title=entry.text("name", longest=60),
        department=entry.text("department", needed=False),
        limit=read_term(entry, "limit", source),
        valid_for=read_term(entry, "valid_for", source),
        when=entry.text("when", needed=False, longest=500),
    )


def _data(entry: Entry) -> dict[str, str]:
    found = entry.labels("data")
    for name, kind in found.items():
        if kind not in DATA_KINDS:
            entry.complain(f"“{name}”的种类“{kind}”不存在。", f"可用：{'、'.join(DATA_KINDS)}。", "data", name)
    return found
