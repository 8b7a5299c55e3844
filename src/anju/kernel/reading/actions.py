"""What people do with a text that was read: hand it in, say what a figure is, let a finding stand, keep it as a template."""

from __future__ import annotations

import hashlib
import re

from anju.kernel.access.actor import Actor
from anju.kernel.database.home import home_dir
from anju.kernel.errors import AnjuError
from anju.kernel.figures import catalogue
from anju.kernel.journal.actions import action
from anju.kernel.reading.checking.silencing import Silence
from anju.kernel.reading.inputs.opening import open_bytes
from anju.kernel.reading.models import KnownPhrase, ReadDecision, ReadSilence, ReadText
from anju.kernel.reading.queries import opened, text_of
from anju.kernel.reading.reader import read
from anju.kernel.reading.templating.choices import key_of
from anju.kernel.reading.templating.phrases import phrase_of
from anju.kernel.reading.templating.writing import Written, parsed, write_template
from anju.kernel.reports import catalogue as templates

MOST_BYTES = 20_000_000
_NAME = re.compile(r"[a-z][a-z0-9_]{1,59}", re.ASCII)


def hand_in(content: bytes, name: str, *, key: str | None = None, by: Actor) -> ReadText:
    """Keep a file to be read. Raises AnjuError `reading.*` for a file that cannot be read, Forbidden without “reports.build”."""
    by.require("reports.build")
    if len(content) > MOST_BYTES:
        raise AnjuError.of("reading.too_large", f"文件超过{MOST_BYTES // 1_000_000}MB。", where=name, advice="请分成几份再读。")
    source = open_bytes(content, name)
    reading = read(source.text)
    with action("reading.hand_in", by=by, key=key) as entry:
        if entry.repeated:
            return text_of(int(entry.data["text"]), by=by)
        kept = ReadText.objects.create(
            region_code=by.region_code,
            bureau_id=by.bureau_id,
            name=name[:200],
            kind=source.kind,
            digest=hashlib.sha256(content).hexdigest(),
            content=content,
            text=source.text,
            period=reading.period.code if reading.period is not None else "",
            figures=len(reading.figures),
            opened_by=by.name,
        )
        entry.subject = f"reading_readtext:{kept.pk}"
        entry.data.update(text=kept.pk, digest=kept.digest, figures=kept.figures)
    return kept


def decide(number: int, start: int, reference: str, *, by: Actor) -> None:
    """Say which indicator the figure at `start` is (`key`, `key@1Q`, `key#yoy`), or with "" that its words stay.

    The office remembers it for the same words. Raises AnjuError `reading.no_figure`, `figures.unknown_indicator`,
    `quantities.unit_mismatch`.
    """
    by.require("reports.build")
    view = opened(number, by=by)
    figure = next((each for each in view.reading.figures if each.start == start), None)
    if figure is None:
        raise AnjuError.of("reading.no_figure", "这个位置没有数字。", where=str(start), advice="请刷新页面后重试。")
    if reference:
        indicator = catalogue.indicator(key_of(reference))
        if "#" not in reference and figure.dimension and indicator.unit.dimension != figure.dimension:
            raise AnjuError.of(
                "quantities.unit_mismatch",
                f"“{figure.text}”与“{indicator.name}”（{indicator.unit.name}）不是同一类量。",
                advice="请换一个计量单位相同的指标。",
            )
    phrase = phrase_of(view.reading, figure)
    with action("reading.decide", by=by, subject=f"reading_readtext:{number}", data={"figure": figure.text, "reference": reference}):
        place = {"region_code": view.row.region_code, "bureau_id": view.row.bureau_id}
        ReadDecision.objects.update_or_create(
            text=view.row, start=start, defaults={**place, "phrase": phrase, "reference": reference, "decided_by": by.name}
        )
        KnownPhrase.objects.update_or_create(
            bureau_id=view.row.bureau_id, phrase=phrase, defaults={"region_code": view.row.region_code, "reference": reference}
        )


def accept_likely(number: int, *, by: Actor) -> int:
    """Nod to every likely mapping of the text at once; returns how many."""
    by.require("reports.build")
    view = opened(number, by=by)
    likely = [choice for choice in view.choices if choice.state == "likely"]
    with action("reading.accept", by=by, subject=f"reading_readtext:{number}", data={"accepted": len(likely)}):
        for choice in likely:
            decide(number, view.reading.figures[choice.figure].start, choice.reference, by=by)
    return len(likely)


def silence(number: int, fingerprint: str, reason: str, *, by: Actor) -> None:
    """Let a finding stand, with a reason. Raises AnjuError `reading.silence.reason` or `reading.no_finding`."""
    by.require("reports.build")
    view = opened(number, by=by)
    Silence(fingerprint, reason, by.name)
    if fingerprint not in {finding.fingerprint for finding in view.findings}:
        raise AnjuError.of("reading.no_finding", "没有这条发现，文稿可能已经变化。", advice="请刷新页面后重试。")
    with action("reading.silence", by=by, subject=f"reading_readtext:{number}", reason=reason.strip(), data={"finding": fingerprint}):
        ReadSilence.objects.update_or_create(
            text=view.row,
            fingerprint=fingerprint,
            defaults={
                "region_code": view.row.region_code,
                "bureau_id": view.row.bureau_id,
                "reason": reason.strip(),
                "silenced_by": by.name,
            },
        )


def unsilence(number: int, fingerprint: str, *, by: Actor) -> None:
    """Show a finding again."""
    by.require("reports.build")
    row = text_of(number, by=by)
    with action("reading.unsilence", by=by, subject=f"reading_readtext:{number}", data={"finding": fingerprint}):
        ReadSilence.objects.filter(text=row, fingerprint=fingerprint).delete()


def save_template(number: int, name: str, *, by: Actor) -> Written:
    """Keep the text as a template of the office (ANJU_HOME/templates/<name>.txt), with its figures as slots.

    Raises AnjuError `reading.template_name`, `reading.no_slots`, or what is wrong with the template.
    """
    by.require("reports.build")
    if _NAME.fullmatch(name) is None:
        raise AnjuError.of(
            "reading.template_name", f"“{name}”不能做模板的名称。", advice="请用小写字母、数字和下划线，以字母开头，例如half_year_2024。"
        )
    brought = {path.stem for slice_name, path in templates.template_files() if slice_name != templates.OWN}
    if name in brought:
        raise AnjuError.of("reading.template_name", f"“{name}”是系统自带模板的名称。", advice="请换一个名称。")
    view = opened(number, by=by)
    written = write_template(view.reading, view.choices, catalogue.all_indicators(), name=name, places=view.places)
    if not written.slots:
        raise AnjuError.of("reading.no_slots", "还没有一个数字对应到指标，存成的模板不会自己填数。", advice="请先确认几个数字的指标。")
    parsed(written, name)
    with action("reading.save_template", by=by, subject=f"reading_readtext:{number}", data={"template": name, "slots": len(written.slots)}):
        ReadText.objects.filter(pk=number).update(template=name)
        folder = home_dir() / "templates"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{name}.txt").write_text(written.text, encoding="utf-8")
    return written
