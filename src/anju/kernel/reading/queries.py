"""A text that was handed in, as it is seen now: read, checked, mapped."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from anju.kernel.access.actor import Actor
from anju.kernel.access.scope import using_scope
from anju.kernel.errors import AnjuError
from anju.kernel.figures import catalogue
from anju.kernel.orgs.models import Bureau, Region
from anju.kernel.reading.checking.checking import check
from anju.kernel.reading.checking.comparing import check_published, published_figure, same_figures
from anju.kernel.reading.checking.finding import Finding, in_order
from anju.kernel.reading.checking.silencing import Sifted, Silence, sift
from anju.kernel.reading.figure import Reading
from anju.kernel.reading.models import KnownPhrase, ReadText
from anju.kernel.reading.reader import read
from anju.kernel.reading.templating.choices import Choice, choose

KEPT = 16
"""Texts whose reading stays in memory."""


@dataclass(frozen=True, slots=True)
class Opened:
    """Everything one page about a text shows. `places`: words that become variables of its template, e.g. 东明县 → 地区."""

    row: ReadText
    reading: Reading
    findings: tuple[Finding, ...]
    sifted: Sifted
    choices: tuple[Choice, ...]
    places: Mapping[str, str]


def text_of(number: int, *, by: Actor) -> ReadText:
    """The row of a text. Raises AnjuError `reading.unknown_text` when there is none in the actor's scope."""
    by.require("reports.view")
    with using_scope(by.scope):
        row = by.scope.narrow(ReadText.objects.defer("content").filter(pk=number)).first()
    if row is None:
        raise AnjuError.of("reading.unknown_text", f"没有第{number}号文稿，或不在您的数据范围内。", advice="请核对编号。")
    return row


def opened(number: int, *, by: Actor) -> Opened:
    """A text with its figures, findings and mappings."""
    row = text_of(number, by=by)
    reading, findings = _read(row.digest, row.text)
    with using_scope(by.scope):
        silences = [
            Silence(each.fingerprint, each.reason, each.silenced_by, each.silenced_at.date().isoformat()) for each in row.silences.all()
        ]
        decided = dict(row.decisions.values_list("start", "reference"))
        remembered = dict(by.scope.narrow(KnownPhrase.objects.filter(bureau_id=row.bureau_id)).values_list("phrase", "reference"))
        places = _places(row)
        older = _year_before(row, reading, by)
    if older is not None:
        findings = tuple(in_order((*findings, *_against(reading, older))))
    choices = choose(reading, catalogue.all_indicators(), remembered=remembered, decided=decided)
    return Opened(row, reading, findings, sift(findings, silences), choices, places)


def _year_before(row: ReadText, reading: Reading, by: Actor) -> ReadText | None:
    """The newest text of the bureau about the same period of the year before."""
    if reading.period is None:
        return None
    rows = by.scope.narrow(ReadText.objects.defer("content").filter(bureau_id=row.bureau_id, period=reading.period.year_before().code))
    return rows.exclude(pk=row.pk).order_by("-pk").first()


def _against(reading: Reading, older: ReadText) -> tuple[Finding, ...]:
    """Levels and growths that do not lead back to what the paper of a year before printed."""
    before, _findings = _read(older.digest, older.text)
    paper = f"“{older.name}”"
    printed = {ours: published_figure(before, theirs, paper=paper) for ours, theirs in same_figures(reading, before).items()}
    return check_published(reading, {index: one for index, one in printed.items() if one is not None})


def texts(*, by: Actor, limit: int = 50) -> list[ReadText]:
    """The newest texts in the actor's scope, without their contents."""
    by.require("reports.view")
    with using_scope(by.scope):
        return list(by.scope.narrow(ReadText.objects.defer("content", "text").order_by("-pk"))[:limit])


def content_of(number: int, *, by: Actor) -> bytes:
    """The file as it was handed in."""
    row = text_of(number, by=by)
    with using_scope(by.scope):
        return bytes(ReadText.objects.values_list("content", flat=True).get(pk=row.pk))


@lru_cache(maxsize=KEPT)
def _read(digest: str, text: str) -> tuple[Reading, tuple[Finding, ...]]:
    reading = read(text)
    return reading, check(reading)


def _places(row: ReadText) -> dict[str, str]:
    bureau = Bureau.objects.filter(pk=row.bureau_id).first() if row.bureau_id is not None else None
    region = Region.objects.filter(pk=row.region_code).first() if row.region_code else None
    words = {bureau.name: "单位"} if bureau is not None else {}
    return words | ({region.name: "地区"} if region is not None else {})
