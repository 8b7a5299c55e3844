"""Verify a finished file: which of its figures somebody altered, and whether they still follow from the records."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from anju.kernel.access.actor import Actor
from anju.kernel.errors import AnjuError, Forbidden, Problem
from anju.kernel.reports import freezing
from anju.kernel.reports.built import PlacedFigure, Run
from anju.kernel.reports.comparing import Change, changes
from anju.kernel.reports.docx.evidence_part import EvidenceMap
from anju.kernel.reports.docx.reading import Read, read_docx
from anju.kernel.reports.recomputing import recomputed

Kind = Literal["figure_changed", "figure_removed", "bookmark_removed", "map_changed", "figure_not_reproduced", "text_changed", "not_ours"]


@dataclass(frozen=True, slots=True)
class Alteration:
    """One thing in the file that is not as the system wrote it. `figure` is None for text around the figures."""

    kind: Kind
    where: str
    message: str
    advice: str
    figure: PlacedFigure | None = None
    expected: str = ""
    found: str = ""

    def __str__(self) -> str:
        place = f"{self.where}：" if self.where else ""
        return f"{place}{self.message} {self.advice}  [reports.verify.{self.kind}]"


@dataclass(frozen=True, slots=True)
class VerifyResult:
    """`checked`: figures compared. `frozen`: the number of the frozen report, None for a draft.

    `notes`: what could not be checked and why.
    """

    file: str
    checked: int
    alterations: tuple[Alteration, ...]
    frozen: int | None
    notes: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        return not self.alterations


def verify(path: Path, *, by: Actor) -> VerifyResult:
    """Compare a DOCX with what the system wrote and with the records.

    Three comparisons: the words in and around every bookmark with the frozen report (for a draft: with the sealed map in the file); the
    map with the frozen figures; every figure with itself recomputed on its snapshot. A file merely saved again by another program passes.
    Raises AnjuError `reports.verify.*` for a file that is not such a report, Forbidden for one outside the actor's scope.
    """
    by.require("reports.view")
    read = read_docx(path)
    _require_scope(read.map, by)
    alterations = list(_map_alterations(read))
    notes: list[str] = []
    figures, paragraphs = read.map.figures, read.map.paragraphs
    trusted = read.map_intact and read.map.sealed_here
    if read.map.frozen is not None:
        try:
            stored = freezing.load(read.map.frozen, by=by)
        except AnjuError:
            alterations.append(_not_ours(read.map.frozen))
        else:
            # The database is the authority; the map in the file only says where to look.
            alterations += _tampered(read.map.figures, stored.figures)
            figures, paragraphs, trusted = stored.figures, tuple(block.runs for block in stored.blocks), True
    alterations += _text_alterations(read, figures, paragraphs)
    for figure, reason in recomputed(figures, by=by, trusted=trusted, notes=notes):
        alterations.append(
            Alteration(
                "figure_not_reproduced",
                figure.bookmark,
                f"{figure.name}{figure.shown}：{reason}。",
                "改指标的口径要写成新的版本（version），不要改旧的；改好后重新生成报告。",
                figure,
            )
        )
    return VerifyResult(path.name, len(figures), tuple(alterations), read.map.frozen, tuple(notes))


def _require_scope(found: EvidenceMap, by: Actor) -> None:
    if not by.scope.covers_region(found.region):
        raise Forbidden(Problem("reports.forbidden", "", "这份报告的地区不在您的数据范围内。", "请联系该地区的单位核对。"))


def _map_alterations(read: Read) -> Iterator[Alteration]:
    if read.map_intact and read.map.sealed_here:
        return
    what = "数据对照表被改动过，与它自己的摘要不符" if not read.map_intact else "数据对照表不是本系统盖的印，或盖印后被改动"
    yield Alteration("map_changed", "数据对照表", f"{what}。", "请以系统里的定稿为准，重新导出。")


def _not_ours(number: int) -> Alteration:
    what = f"系统里没有第{number}号定稿报告，无法与定稿核对。"
    return Alteration("not_ours", "数据对照表", what, "这份文件可能出自另一套系统；请在原系统里核对。")


def _tampered(in_file: Sequence[PlacedFigure], stored: Sequence[PlacedFigure]) -> Iterator[Alteration]:
    found = {figure.bookmark: figure for figure in in_file}
    for figure in stored:
        other = found.get(figure.bookmark)
        if other == figure:
            continue
        said = "被删除" if other is None else f"写的是{other.shown}（精确值{other.value or '无'}）"
        message = f"{figure.name}在数据对照表里{said}，定稿是{figure.shown}。"
        yield Alteration(
            "map_changed", figure.bookmark, message, "请以定稿为准，重新导出。", figure, figure.shown, other.shown if other else ""
        )


def _text_alterations(read: Read, figures: Sequence[PlacedFigure], paragraphs: Sequence[Sequence[Run]]) -> Iterator[Alteration]:
    touched: dict[str, list[Change]] = {}
    others: list[Change] = []
    for change in changes(paragraphs, read.paragraphs):
        for name in change.figures:
            touched.setdefault(name, []).append(change)
        if not change.figures:
            others.append(change)
    place = {run.figure: number for number, paragraph in enumerate(paragraphs, start=1) for run in paragraph if run.figure}
    for figure in figures:
        yield from _figure_alterations(read, figure, touched.get(figure.bookmark, []), f"第{place.get(figure.bookmark, 0)}段")
    for change in others:
        yield _text_alteration(change)


def _figure_alterations(read: Read, figure: PlacedFigure, touching: list[Change], where: str) -> Iterator[Alteration]:
    inside = read.text_of(figure.bookmark)
    advice = "请改回，或在台账里更正后重新生成报告。"
    if inside == figure.shown and not touching:
        return
    if inside and inside != figure.shown:
        message = f"{figure.name}应是{figure.shown}，被改成了{inside}。"
        yield Alteration("figure_changed", where, message, advice, figure, figure.shown, inside)
    elif touching:
        before, after = "".join(change.before for change in touching), "".join(change.after for change in touching)
        if inside == figure.shown:
            message = f"{figure.name}应是{figure.shown}，紧挨着它的文字被改成了“{touching[0].around}”。"
            yield Alteration("figure_changed", where, message, advice, figure, figure.shown, touching[0].around)
        elif after.strip():
            message = f"{figure.name}应是{figure.shown}，“{before}”被改成了“{after}”，书签也没有了。"
            yield Alteration("figure_changed", where, message, advice, figure, figure.shown, after)
        else:
            yield Alteration("figure_removed", where, f"{figure.name}{figure.shown}被删去了。", advice, figure, figure.shown, "")
    else:
        message = f"{figure.name}{figure.shown}的书签被删去，文字没有改。"
        yield Alteration(
            "bookmark_removed", where, message, "数字仍对，但这处不能再自动核对；请重新导出。", figure, figure.shown, figure.shown
        )


def _text_alteration(change: Change) -> Alteration:
    where = f"第{change.paragraph}段"
    what = "槽位之外的数字" if change.numeric else "文字"
    if not change.before:
        message = f"加了{what}“{_short(change.after)}”（“{_short(change.around)}”）。"
    elif not change.after:
        message = f"删了{what}“{_short(change.before)}”。"
    else:
        message = f"{what}“{_short(change.before)}”被改成了“{_short(change.after)}”（“{_short(change.around)}”）。"
    return Alteration("text_changed", where, message, "请确认是否有意修改；有意的请改模板后重新生成。", None, change.before, change.after)


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:20]}……{text[-16:]}"
