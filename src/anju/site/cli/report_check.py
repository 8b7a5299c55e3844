"""`anju report check`: what does not hold in a text, sentence by sentence."""

from __future__ import annotations

import re
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.text import Text

from anju.site.cli.runtime import out

if TYPE_CHECKING:
    from anju.kernel.reading.checking.finding import Finding
    from anju.kernel.reading.checking.silencing import Sifted
    from anju.kernel.reading.figure import Reading

_SEVERITY = {"error": ("错误", "bold red"), "warning": ("疑问", "bold yellow"), "info": ("提示", "cyan")}
_SENTENCE_MAX = 160
_COUNTED_ONLY = "masked_left"


@click.command("check")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help="输出形式 form of the output."
)
@click.option(
    "--silences", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="已说明理由、不再提示的条目 silences, a YAML file."
)
def check_report(file: Path, form: str, silences: Path | None) -> int:
    """检查文稿 FILE（.docx .txt .pdf）的数字、日期、称谓和行文；有“错误”未处理则退出码为 1。

    Check the figures, dates, names and words of a text; exit 1 when an error-level finding stands.
    """
    from anju.kernel.reading.checking.checking import check
    from anju.kernel.reading.checking.form import as_json
    from anju.kernel.reading.checking.silence_file import read_silences
    from anju.kernel.reading.checking.silencing import sift
    from anju.kernel.reading.inputs.opening import open_source
    from anju.kernel.reading.reader import read

    reading = read(open_source(file).text)
    sifted = sift(check(reading), read_silences(silences) if silences else ())
    if form == "json":
        click.echo(as_json(sifted))
    else:
        _say(reading, sifted)
    return 1 if any(finding.severity == "error" for finding in sifted.standing) else 0


def _say(reading: Reading, sifted: Sifted) -> None:
    """What stands, alike ones together under one advice, then a line that counts."""
    alike: dict[tuple[str, str, str], list[Finding]] = {}
    for finding in sifted.standing:
        alike.setdefault((finding.severity, finding.rule, finding.advice), []).append(finding)
    for group in alike.values():
        if group[0].rule == _COUNTED_ONLY:
            _say_masked(reading, group)
        else:
            _say_group(reading, group)
    counts = {severity: sum(each.severity == severity for each in sifted.standing) for severity in _SEVERITY}
    words = "，".join(f"{_SEVERITY[severity][0]}{number}处" for severity, number in counts.items() if number)
    out.print(f"读出{len(reading.figures)}个数字；{words or '没有发现问题'}。" + _put_aside(sifted), markup=False)


def _put_aside(sifted: Sifted) -> str:
    aside = f"已说明理由不再提示{len(sifted.silenced)}处。" if sifted.silenced else ""
    idle = f"另有{len(sifted.idle)}条理由没有对应的问题，可以删去。" if sifted.idle else ""
    return aside + idle


def _say_group(reading: Reading, group: list[Finding]) -> None:
    from anju.kernel.reading.checking.registry import NAMES

    name, style = _SEVERITY[group[0].severity]
    head = Text()
    head.append(f"{name}  ", style=style)
    head.append(f"{NAMES[group[0].rule]}（{group[0].rule}）" + (f"  {len(group)}处" if len(group) > 1 else ""))
    out.print(head)
    for finding in group:
        line = Text(f"  {_place(reading, finding.spans[0][0])}  ")
        out.print(line.append_text(_sentence(reading, finding)).append(f"  编号{finding.fingerprint}", style="dim"))
        out.print(f"    {finding.message}", markup=False)
        if finding.arithmetic and finding.arithmetic not in finding.message:
            out.print(f"    算式：{finding.arithmetic}", markup=False)
    out.print(f"    建议：{group[0].advice}\n", markup=False)


def _place(reading: Reading, offset: int) -> str:
    number = sum(1 for paragraph in reading.paragraphs if paragraph.start <= offset)
    return f"第{max(number, 1)}段"


def _sentence(reading: Reading, finding: Finding) -> Text:
    """The sentence of the first place, the places marked ‹so›; cut around them when it is long."""
    first = finding.spans[0]
    sentence = next((each for each in reversed(reading.sentences) if each.start <= first[0]), None)
    start, end = (sentence.start, sentence.end) if sentence else (0, len(reading.text))
    inside = sorted(span for span in finding.spans if start <= span[0] and span[1] <= end)
    if end - start > _SENTENCE_MAX:
        start, end = max(start, inside[0][0] - 60 if inside else start), min(end, (inside[-1][1] if inside else start) + 60)
    line, at = Text("“"), start
    for left, right in inside:
        if left < at:
            continue
        line.append(reading.text[at:left].replace("\n", ""))
        line.append(f"‹{reading.text[left:right]}›", style="bold underline")
        at = right
    line.append(re.sub(r"\s+", "", reading.text[at:end]) + "”")
    return line


def _say_masked(reading: Reading, masked: list[Finding]) -> None:
    """One line for all that is still masked, with the paragraphs."""
    out.print(Text("错误  遮盖未填（masked_left）", style="bold red"))
    places = (_place(reading, finding.spans[0][0]) for finding in masked)
    words = "，".join(f"{place}{len(list(group))}处" for place, group in groupby(places))
    out.print(f"    还有{len(masked)}处“*”没有填：{words}。", markup=False)
    out.print(f"    建议：{masked[0].advice}\n", markup=False)
