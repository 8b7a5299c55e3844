"""`anju figures` and `anju evidence`: the numbers, and the rows behind one."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.table import Table

from anju.kernel.errors import AnjuError
from anju.site.cli.choosing import bureau_actor, chosen_bureau
from anju.site.cli.runtime import boot, choose_home, out

if TYPE_CHECKING:
    from anju.kernel.figures.figure import Figure

PERIOD = click.option("--period", required=True, help="期间 period: 2023, 2023H1, 2023Q1, 2023-06, 2023-01-01..2023-05-31.")
BUREAU = click.option("--bureau", help="单位代码 bureau code.")
HOME = click.option("--home", type=click.Path(path_type=Path), help="数据目录 data folder.")


@click.command()
@click.option("--report", "template", help="一份报告中的全部指标 every figure of this report template.")
@click.option("--indicator", "keys", multiple=True, help="指标，可重复；KEY#yoy 为同比 an indicator; repeatable.")
@PERIOD
@BUREAU
@click.option("--format", "style", type=click.Choice(["table", "json"]), default="table", show_default=True)
@HOME
def figures(template: str | None, keys: tuple[str, ...], period: str, bureau: str | None, style: str, home: Path | None) -> None:
    """计算指标。Compute figures; with neither --report nor --indicator, all of them."""
    choose_home(home)
    boot()
    from anju.site import figure_rows

    actor, office = bureau_actor(bureau), chosen_bureau(bureau)
    computed, snapshot = figure_rows.compute(template=template, references=keys, period=period, bureau=office, by=actor)
    if style == "json":
        rows = figure_rows.as_json(computed, by=actor, snapshot=snapshot)
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
    else:
        out.print(figure_table(computed))


def figure_table(computed: Sequence[Figure]) -> Table:
    """Figures as people read them; what a part of the period is about stands behind the name."""
    whole = max((figure.period for figure in computed), key=lambda period: (period.end - period.start, period.end), default=None)
    table = Table(title=f"{whole.label}" if whole else "", title_justify="left", header_style="bold")
    table.add_column("名称", overflow="fold")
    table.add_column("数值", justify="right", no_wrap=True)
    table.add_column("行数", justify="right", no_wrap=True)
    table.add_column("指标", overflow="fold", style="dim")
    for figure in computed:
        part = "" if figure.period == whole else f"（{figure.period.label}）"
        table.add_row(figure.name + part, figure.text, f"{figure.rows:,}", figure.reference)
    return table


@click.command()
@click.argument("key")
@PERIOD
@BUREAU
@click.option("--format", "style", type=click.Choice(["table", "json", "xlsx"]), default="table", show_default=True)
@click.option("-o", "target", type=click.Path(path_type=Path), help="xlsx 输出文件 target of xlsx.")
@click.option("--limit", type=click.IntRange(1, 1_000_000), default=1000, show_default=True, help="最多列出的行 rows listed at most.")
@HOME
def evidence(key: str, period: str, bureau: str | None, style: str, target: Path | None, limit: int, home: Path | None) -> None:
    """列出一个数字所计的记录。List the records one figure counts."""
    choose_home(home)
    boot()
    from anju.kernel.figures import evidence as evidence_room
    from anju.kernel.figures import snapshots
    from anju.site import figure_rows

    actor = bureau_actor(bureau)
    request = figure_rows.request_of(key, period=period, bureau=chosen_bureau(bureau))
    snapshot = snapshots.refresh()
    if style == "xlsx":
        if target is None:
            raise AnjuError.of("site.no_target", "没有说明写到哪个文件。", where="-o", advice="例如 -o 依据.xlsx。")
        rows = evidence_room.export_xlsx(request, target, by=actor, snapshot=snapshot)
        out.print(f"已写出 {target}，{rows:,} 行")
        return
    found = evidence_room.evidence(request, by=actor, snapshot=snapshot, limit=limit)
    if style == "json":
        click.echo(json.dumps(figure_rows.evidence_json(found), ensure_ascii=False, indent=1, default=str))
        return
    for table in figure_rows.evidence_tables(found):
        out.print(table)
