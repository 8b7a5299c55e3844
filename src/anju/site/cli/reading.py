"""`anju report read` and `anju report evaluate`: the figures of any text, and how well they are read."""

from __future__ import annotations

from pathlib import Path

import click
from rich.table import Table

from anju.site.cli.choosing import bureau_actor
from anju.site.cli.report import report
from anju.site.cli.runtime import boot, out

__all__ = ["report"]
SLIPS = 3
"""Every so-manyth slip is made: all of them take minutes."""


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
@click.option("--checking", is_flag=True, help="也评测检查：在正确的文本里造错，看找到多少 how many slips are found.")
def evaluate_reading(seeds: Path | None, show: bool, checking: bool) -> int:
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
    if checking:
        _print_checking()
    return 1 if below else 0


def _print_checking() -> None:
    from anju.kernel.reading.checking.checking import check
    from anju.kernel.reading.checking.evaluation.corpus import own_texts
    from anju.kernel.reading.checking.evaluation.recall import measure

    right = list(own_texts())
    recall = measure(right, rounds=1, every=SLIPS)
    table = Table("规则 rule", "能看出的错 noticeable", "找到 found", "%")
    for rule, number in sorted(recall.by_rule.items()):
        table.add_row(rule, str(number), str(recall.found_by_rule[rule]), f"{100 * recall.found_by_rule[rule] / number:.1f}")
    noticeable, found = sum(recall.noticeable.values()), sum(recall.found.values())
    table.add_row("全部 all", str(noticeable), str(found), f"{100 * recall.share():.1f}", style="bold")
    out.print(table)
    errors = sum(finding.severity == "error" for one in right for finding in check(one.reading))
    signs = sum(len(one.reading.text) for one in right)
    out.print(f"正确文本 {signs:,} 字，误报错误 {errors} 处 false errors in right texts")


@report.command("template")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("-o", "target", type=click.Path(path_type=Path), required=True, help="模板文件 the template to write (.txt).")
@click.option("--proposals", type=click.Path(path_type=Path), help="建议的台账和指标写到此目录 folder for proposed ledgers and indicators.")
@click.option("--bureau", help="单位代码 bureau code: its name and region become variables.")
def template_report(file: Path, target: Path, proposals: Path | None, bureau: str | None) -> None:
    """把 FILE 变成模板：数字对应到指标，年份和单位变成变量。Turn a text into a template whose figures fill themselves."""
    boot()
    from anju.kernel.figures.catalogue import all_indicators
    from anju.kernel.orgs.models import Bureau
    from anju.kernel.reading.inputs.opening import open_source
    from anju.kernel.reading.reader import read
    from anju.kernel.reading.templating.choices import choose
    from anju.kernel.reading.templating.proposals import propose
    from anju.kernel.reading.templating.writing import parsed, write_template

    reading = read(open_source(file).text)
    indicators = all_indicators()
    choices = choose(reading, indicators)
    places: dict[str, str] = {}
    if bureau is not None:
        actor = bureau_actor(bureau)
        own = Bureau.objects.select_related("region").get(pk=actor.bureau_id or 0)
        places = {own.name: "单位", own.region.name: "地区"}
    written = write_template(reading, choices, indicators, name=target.stem, places=places)
    parsed(written, target.stem)
    target.write_text(written.text, encoding="utf-8")
    offered = propose(reading, choices)
    if proposals is not None:
        for proposal in offered:
            for folder, text in (("ledgers", proposal.ledger_yaml), ("indicators", proposal.indicators_yaml)):
                (proposals / folder).mkdir(parents=True, exist_ok=True)
                (proposals / folder / f"{proposal.ledger}.yaml").write_text(text, encoding="utf-8")
    names = {key: indicator.name for key, indicator in indicators.items()}
    for choice in choices:
        figure = reading.figures[choice.figure]
        before = reading.text[max(figure.start - 12, 0) : figure.start].replace("\n", " ")
        told = written.slots.get(choice.figure, "")
        others = "、".join(f"{each.name}（{each.points}分：{'，'.join(each.why)}）" for each in choice.candidates[:2])
        words = (
            f"{names[told_key]} {told}"
            if told and (told_key := choice.reference.split("#")[0].split("@")[0]) in names
            else f"待定  {others}"
        )
        out.print(f"{choice.figure:>4}  {before}【{figure.text}】  {words}", markup=False)
    open_ones = len(choices) - len(written.slots)
    out.print(
        f"已写出 {target}：{len(written.slots)} 个数字会自己填，{open_ones} 个保留原文，建议新建 {len(offered)} 本台账。", markup=False
    )
