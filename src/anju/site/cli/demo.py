"""`anju demo`: a made-up county bureau, from its books to its half-year report."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

import click
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from anju.site.cli.choosing import bureau_actor, chosen_bureau, remember_bureau
from anju.site.cli.figures import figure_table
from anju.site.cli.runtime import boot, choose_home, err, out
from anju.site.cli.serve import require_free, run_site

TEMPLATE, PERIOD, BUREAU, SIGN_IN = "half_year", "2023H1", "dongyuan", "demo"


@click.command()
@click.option("--home", type=click.Path(path_type=Path), help="数据目录 data folder.")
@click.option("--no-serve", is_flag=True, help="生成后即结束，不打开网页 end when the report is written.")
@click.option("--all", "others", is_flag=True, help="连同一个区、一个县、两个市的账册 the books of four more bureaus too.")
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="端口 port on loopback.")
def demo(home: Path | None, no_serve: bool, others: bool, port: int) -> None:
    """示例：建库、导入一个县的账册、算出半年报告、打开网页。

    Create the database, import a sample county's books, compute and write its half-year report, serve the pages.
    --all also loads the books of a district, a county and two cities. Running it again adds nothing.
    """
    choose_home(home)
    if not no_serve:
        require_free("127.0.0.1", port)
    boot(quiet=False)
    password = os.environ.get("ANJU_DEMO_PASSWORD") or secrets.token_urlsafe(12)
    _import_books(password, others)
    _enter_lettings()
    remember_bureau(BUREAU)
    _write_report()
    if no_serve:
        return
    out.print(f"登录 sign in: 用户名 user [bold]{SIGN_IN}[/]  密码 password [bold]{password}[/]")
    if others:
        out.print("其他单位 other bureaus, 同一密码 same password: linxi-demo, yunting-demo, shuoquan-demo, lingchuan-demo")
    run_site(host="127.0.0.1", port=port)


def _import_books(password: str, others: bool) -> None:
    from anju.kernel.access.actor import Actor
    from anju.site import demo as sample

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=err) as progress:
        task = progress.add_task("导入账册", total=None)

        def tell(title: str, done: int, total: int) -> None:
            progress.update(task, description=f"导入账册 {title}", completed=done, total=total)

        sample.load(tell, by=Actor.system("示例"), password=password, others=others)


def _enter_lettings() -> None:
    from anju.kernel.access.actor import Actor
    from anju.site.demo import lettings

    err.print("[dim]· 办理示例公租房申请、摇号和租约[/]")
    lettings.enter(by=Actor.system("示例"))


def _print_figures() -> None:
    from anju.site import figure_rows

    computed, _ = figure_rows.compute(
        template=TEMPLATE, references=(), period=PERIOD, bureau=chosen_bureau(BUREAU), by=bureau_actor(BUREAU)
    )
    out.print(figure_table(computed))


def _write_report() -> None:
    from anju.kernel.database.home import subfolder
    from anju.site import reporting, system_parts

    folder = subfolder("reports")
    docx, pdf = folder / f"{TEMPLATE}-{PERIOD}.docx", folder / f"{TEMPLATE}-{PERIOD}.pdf"
    lacking = system_parts.missing((system_parts.OFFICE,))
    err.print("[dim]· 计算指标，生成报告[/]")
    made = reporting.make(TEMPLATE, period=PERIOD, by=bureau_actor(BUREAU), docx=docx, pdf=None if lacking else pdf, frozen=True)
    _print_figures()
    for finding in made.findings:
        out.print(reporting.finding_line(finding), markup=False)
    out.print(f"报告 report: {docx}")
    out.print(f"PDF: {pdf}" if not lacking else f"未安装 LibreOffice，没有生成 PDF。{system_parts.advice(lacking)}", markup=False)
