"""`anju parameters`: the policy values in force, the history of one, entering one."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Any

import click
from rich.table import Table

from anju.kernel.errors import AnjuError
from anju.site.cli.choosing import bureau_actor, chosen_bureau
from anju.site.cli.runtime import boot, choose_home, out

DAY = click.DateTime(formats=["%Y-%m-%d"])


@click.group()
@click.option("--home", type=click.Path(path_type=Path), help="数据目录 data folder.")
def parameters(home: Path | None) -> None:
    """政策参数：现行的值、历史、录入。Policy values: what holds, the history, entering one."""
    choose_home(home)


@parameters.command("list")
@click.option("--region", default=None, help="区划代码 a region's code (default: the bureau's).")
@click.option("--on", type=DAY, default=None, help="哪一天 on which day (default: today).")
@click.option("--bureau", default=None, help="单位代码 bureau code.")
@click.option("--format", "style", type=click.Choice(["table", "json"]), default="table", show_default=True)
def listed(region: str | None, on: datetime.datetime | None, bureau: str | None, style: str) -> None:
    """一地一日现行的全部参数。Every parameter with the value in force at a place on a day."""
    boot()
    from anju.kernel.parameters.catalogue import all_parameters
    from anju.kernel.parameters.models import ParameterValue
    from anju.kernel.parameters.queries import book
    from anju.kernel.parameters.values import words

    place, day, held = _place(region, bureau), _day(on), book()
    found = [(one, held.find(one.name, place, day)) for one in all_parameters().values()]
    rows = ParameterValue.objects.in_bulk([value.version for _one, value in found if value is not None])
    if style == "json":
        told = [
            {
                "name": one.name,
                "value": rows[value.version].value,
                "version": value.version,
                "document": value.document,
                "region": value.region,
            }
            if value
            else {"name": one.name, "value": None}
            for one, value in found
        ]
        click.echo(json.dumps(told, ensure_ascii=False, indent=1))
        return
    table = Table("参数 parameter", "名称", "值 value", "地区 region", "起 from", "文件 document")
    for one, value in found:
        if value is None:
            table.add_row(one.name, one.title, "—", "", "", "")
        else:
            table.add_row(
                one.name, one.title, words(one, rows[value.version].value), value.region or "全国", str(value.start), value.document
            )
    out.print(table)


@parameters.command()
@click.argument("name")
def show(name: str) -> None:
    """一个参数的说明和全部版本。A parameter's meaning and all its versions."""
    boot()
    from anju.kernel.parameters.catalogue import parameter
    from anju.kernel.parameters.queries import history
    from anju.kernel.parameters.values import words

    one = parameter(name)
    out.print(f"{one.name}  {one.title}：{one.meaning}（{one.kind.value} {one.shape.unit}）", markup=False)
    table = Table("版本", "地区", "起 from", "止 to（不含）", "值 value", "文件 document", "理由 reason", "状态 state")
    for row in history(name)[:500]:
        later = getattr(row, "superseded_by", None)
        state = "撤回 void" if row.voided else f"由{later.pk}替代 superseded" if later else "有效 holds"
        value = words(one, row.value) if row.kind == one.kind else json.dumps(row.value, ensure_ascii=False)
        table.add_row(
            str(row.pk),
            row.region_code or "全国",
            str(row.effective_from),
            str(row.effective_to or ""),
            value,
            row.document,
            row.reason,
            state,
        )
    out.print(table)


@parameters.command("set")
@click.argument("name")
@click.argument("value")
@click.option("--from", "start", type=DAY, required=True, help="起始日期 the first day it holds.")
@click.option("--to", "end", type=DAY, default=None, help="终止日期，当日起不再适用 the day it ends (exclusive).")
@click.option("--document", required=True, help="文号 the document that decides it.")
@click.option("--reason", required=True, help="理由，记入日志 why, for the journal.")
@click.option("--region", default=None, help="区划代码 a region's code (default: the bureau's); country: 全国 the whole country.")
@click.option("--bureau", default=None, help="单位代码 bureau code.")
def set_(
    name: str,
    value: str,
    start: datetime.datetime,
    end: datetime.datetime | None,
    document: str,
    reason: str,
    region: str | None,
    bureau: str | None,
) -> None:
    """录入一个值；金额写单位（9.50元），表写 @文件（JSON，一组“列名: 值”）。Enter a value; a table from @file.json."""
    boot()
    from anju.kernel.access.scope import using_scope
    from anju.kernel.parameters.actions import Citation, set_value
    from anju.kernel.parameters.catalogue import parameter
    from anju.kernel.parameters.values import words

    actor, place = bureau_actor(bureau), _place(region, bureau)
    with using_scope(actor.scope):
        row = set_value(
            name,
            _written(value),
            region=place,
            start=start.date(),
            end=end.date() if end else None,
            cite=Citation(document, reason),
            by=actor,
        )
    out.print(
        f"已录入 entered：{words(parameter(name), row.value)}，{place or '全国'}，自 from {row.effective_from}，版本 version {row.pk}"
    )


def _place(region: str | None, bureau: str | None) -> str:
    if region is None:
        return chosen_bureau(bureau).region_id
    return "" if region == "country" else region


def _day(on: datetime.datetime | None) -> datetime.date:
    from django.utils import timezone

    return on.date() if on else timezone.localdate()


def _written(value: str) -> Any:
    if not value.startswith("@"):
        return value
    source = Path(value[1:])
    try:
        rows = json.loads(source.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as error:
        raise AnjuError.of(
            "parameters.bad_value", f"读不了这个文件：{error}", where=str(source), advice="写一组“列名: 值”，UTF-8 的 JSON。"
        ) from None
    return rows
