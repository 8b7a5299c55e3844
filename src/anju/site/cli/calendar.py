"""`anju calendar`: the working days of a year, entering a year's notice, counting a legal limit."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.table import Table

from anju.kernel.errors import AnjuError
from anju.site.cli.choosing import bureau_actor
from anju.site.cli.runtime import boot, choose_home, out

if TYPE_CHECKING:
    from anju.kernel.calendar.counting import Suspension

DAY = click.DateTime(formats=["%Y-%m-%d"])


@click.group()
@click.option("--home", type=click.Path(path_type=Path), help="数据目录 data folder.")
def calendar(home: Path | None) -> None:
    """工作日历：放假安排、录入通知、算期限。The working-day calendar: notices, entering one, counting a limit."""
    choose_home(home)


@calendar.command()
@click.argument("year", type=int, required=False)
@click.option("--region", default="", help="区划代码，含地区自己的节日 a region's code, with its own feasts.")
@click.option("--format", "style", type=click.Choice(["table", "json"]), default="table", show_default=True)
def show(year: int | None, region: str, style: str) -> None:
    """一年的放假和调休，逐日列出；不写年份则列出各年的通知。The exceptional days of a year; without a year, the notices of all years."""
    boot()
    from anju.kernel.calendar.models import ExceptionalDay
    from anju.kernel.calendar.queries import notices, working_days
    from anju.kernel.calendar.workdays import WEEKDAYS, DayKind

    if year is None:
        table = Table("年份 year", "发文字号 number", "成文 dated", "标题 title")
        for notice in notices(region):
            table.add_row(str(notice.year), notice.number, str(notice.dated), notice.title)
        out.print(table)
        return
    days = working_days(region)
    days.is_working(datetime.date(year, 1, 1))  # a year that is not known is refused
    rows = sorted(set(ExceptionalDay.objects.filter(day__year=year, notice__in=notices(region)).values_list("day", flat=True)))
    found = [(day, exception) for day in rows if (exception := days.exception(day)) is not None]
    if style == "json":
        listed = [{"day": str(day), "kind": one.kind.value, "name": one.name, "notice": one.notice} for day, one in found]
        click.echo(json.dumps(listed, ensure_ascii=False, indent=1))
        return
    table = Table("日期 day", "星期", "安排", "节日", "通知 notice")
    for day, one in found:
        table.add_row(str(day), WEEKDAYS[day.weekday()], "放假 off" if one.kind is DayKind.HOLIDAY else "上班 worked", one.name, one.notice)
    out.print(table)


@calendar.command()
@click.argument("source", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--number", required=True, help="发文字号 document number, e.g. 国办发明电〔2025〕7号.")
@click.option("--year", type=int, required=True, help="年份 the year it arranges.")
@click.option("--dated", type=DAY, required=True, help="成文日期 the day it is dated.")
@click.option("--title", default="", help="标题 its title (default: the usual one).")
@click.option("--url", default="", help="网址 where it is published.")
@click.option("--region", default="", help="区划代码：地区自己的节日 a region's code, for its own feasts.")
@click.option("--check", "only_check", is_flag=True, help="只读出日期，不录入 read the days, enter nothing.")
@click.option("--bureau", default=None, help="单位代码 the bureau that enters it.")
def enter(
    source: Path,
    number: str,
    year: int,
    dated: datetime.datetime,
    title: str,
    url: str,
    region: str,
    only_check: bool,
    bureau: str | None,
) -> None:
    """录入一份放假安排：文本文件里是通知的条文。Enter a notice from a text file with its paragraphs."""
    boot()
    from anju.kernel.calendar.actions import enter_notice
    from anju.kernel.calendar.notice_text import read_notice, write_days
    from anju.kernel.calendar.papers import Paper

    days = read_notice(_text(source), year, name="地区节日" if region else "")
    out.print(write_days(days), markup=False)
    if only_check:
        return
    paper = Paper(number, year, title or f"国务院办公厅关于{year}年部分节假日安排的通知", dated.date(), url, region)
    made = enter_notice(paper, days, by=bureau_actor(bureau))
    out.print(f"已录入 entered {made.number}：{len(days)}天 days，日历版本 version {made.pk}")


@calendar.command()
@click.argument("start", type=DAY)
@click.argument("length")
@click.option("--stop", "stops", multiple=True, metavar="FROM..TO", help="中止的起止日，可写多次 days that do not count, both included.")
@click.option(
    "--roll", type=click.Choice(["next", "previous", "none"]), default="next", show_default=True, help="末日遇休息日 off a day off."
)
@click.option("--region", default="", help="区划代码 a region's code.")
def due(start: datetime.datetime, length: str, stops: tuple[str, ...], roll: str, region: str) -> None:
    """算期限：START 起算，LENGTH 写 7wd、15cd、3mo 或 7个工作日。The last day of a limit, with the account of every day."""
    boot()
    from anju.kernel.calendar.counting import Roll
    from anju.kernel.calendar.explaining import explain_span
    from anju.kernel.calendar.queries import working_days
    from anju.kernel.calendar.spans import Span

    told = explain_span(working_days(region), start.date(), Span.parse(length), tuple(_suspension(stop) for stop in stops), roll=Roll(roll))
    out.print("\n".join(told.lines), markup=False)


def _suspension(text: str) -> Suspension:
    from anju.kernel.calendar.counting import Suspension

    first, _separator, last = text.partition("..")
    try:
        begin, end = datetime.date.fromisoformat(first), datetime.date.fromisoformat(last) if last else None
        if end is not None and end < begin:
            raise ValueError
    except ValueError:
        raise AnjuError.of("calendar.bad_stop", f"“{text}”不是一段日期。", where="--stop", advice="写成 2025-06-12..2025-06-25。") from None
    return Suspension(begin, end)


def _text(source: Path) -> str:
    try:
        return source.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise AnjuError.of("calendar.notice_text", "文件不是UTF-8编码。", where=str(source), advice="请另存为UTF-8的文本文件。") from None
