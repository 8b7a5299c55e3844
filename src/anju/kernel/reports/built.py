"""A report that has been built: its text, the figures in it and what was found about them. Plain data."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

Severity = Literal["error", "warning", "note"]
BlockKind = Literal["number", "title", "subtitle", "addressee", "text", "attachment", "signature", "date"]


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one paragraph; `figure` is the bookmark of the figure they print, empty for fixed words."""

    text: str
    figure: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph. `level`: 0 for body text, 1-4 for 一、 （一） 1. （1）; the first `lead` runs are the heading's own words.

    A run-in heading (（二）房地产市场平稳健康发展。我县…) has fewer lead runs than runs.
    """

    kind: BlockKind
    runs: tuple[Run, ...]
    level: int = 0
    lead: int = 0

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class PlacedFigure:
    """A figure as this report prints it. `value`: the exact value in `unit` (`quantities.text.exact_text`), empty when `missing` says why.

    `shown`: the words in the document. `format`: how they came about (亿元, 同比 ...), so that they can be made again.
    `digest`: SM3 over the contributing rows in order; `rows`: their count.
    """

    bookmark: str
    reference: str
    format: str
    key: str
    measure: str
    name: str
    period: str
    region: str
    bureau_id: int | None
    value: str
    unit: str
    shown: str
    rows: int
    digest: str
    snapshot: str
    version: str
    missing: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a reader should know before signing: a relation that does not hold, a target missed, a missing base, a slip of style.

    `message` carries the arithmetic in words; `figures` are the bookmarks concerned (empty when the figure is not printed).
    """

    rule: str
    severity: Severity
    message: str
    advice: str = ""
    figures: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    where: str = ""


@dataclass(frozen=True, slots=True)
class Built:
    """One report. `frozen`: the number of the frozen report, None for a draft.

    `sealed`: the paper will carry a seal over name and date (成文日期右空四字), as one that is sent does.
    """

    template: str
    template_version: int
    template_digest: str
    title: str
    period: str
    period_label: str
    region: str
    region_name: str
    bureau_id: int | None
    bureau_name: str
    dated: date
    snapshot: str
    blocks: tuple[Block, ...]
    figures: tuple[PlacedFigure, ...] = ()
    findings: tuple[Finding, ...] = field(default=())
    frozen: int | None = None
    sealed: bool = True

    @property
    def text(self) -> str:
        """The whole report as plain text, one paragraph a line."""
        return "\n".join(block.text for block in self.blocks)

    def figure(self, bookmark: str) -> PlacedFigure:
        """The figure of this bookmark. Raises KeyError."""
        for figure in self.figures:
            if figure.bookmark == bookmark:
                return figure
        raise KeyError(bookmark)
