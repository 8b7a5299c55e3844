"""`anju report read` and `anju report evaluate`: the figures of any text, and how well they are read."""

from __future__ import annotations

from pathlib import Path

import click
from rich.table import Table

from anju.site.cli.report import report
from anju.site.cli.runtime import out

__all__ = ["report"]


@report.command("read")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help="输出格式 output.")
def read_report(file: Path, form: str) -> None:
    """找出 FILE（.docx .txt .pdf）里的每个数字。Find every figure of a text, with unit, role and what it describes."""
    from anju.kernel.reading.form import as_json
    from anju.kernel.reading.inputs.opening import open_source
    from anju.kernel.reading.listing import lines
    from anju.kernel.reading.reader import read

    reading = read(open_source(file).text)
    if form == "json":
        click.echo(as_json(reading))
        return
    for line in lines(reading):
        click.echo(line)
    click.echo(f"共 {len(reading.figures)} 个数字" + (f"，报告期 {reading.period.label}" if reading.period else ""))


@report.command("evaluate")
@click.option(
    "--seeds", type=click.Path(path_type=Path, exists=True, file_okay=False), help="五份真实报告所在目录 folder of the five real reports."
)
@click.option("--show", is_flag=True, help="列出每处分歧 print every disagreement.")
def evaluate_reading(seeds: Path | None, show: bool) -> int:
    """对照人工标注评测读数。Compare the reader with texts annotated by hand; exit 1 below the targets."""
    from anju.kernel.reading.gold import texts
    from anju.kernel.reading.gold.evaluating import Score, evaluate, total

    groups = {"own": list(texts.texts("own")), "held_out": list(texts.texts("held_out"))}
    if seeds is not None:
        groups["seeds"] = list(texts.seeds(seeds))
    table = Table("文本 text", "标注 gold", "读出 read", "F1", "role", "direction", "modifier", "attachment")
    scores: list[Score] = []
    below = False
    for name, members in groups.items():
        found = [evaluate(member) for member in members]
        scores += found
        sums = total(name, found)
        below = below or not sums.reaches_targets
        for score in (*found, sums):
            table.add_row(*score.cells, style="bold" if score is sums else "")
    out.print(table)
    if show:
        for score in scores:
            for note in score.disagreements:
                out.print(f"{score.name}  {note.kind}  {note.place}  应为 {note.expected or '—'}  读成 {note.found or '—'}", markup=False)
    return 1 if below else 0
