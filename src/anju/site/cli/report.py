"""`anju report`: build a report, verify a finished file, check a text."""

from __future__ import annotations

from pathlib import Path

import click

from anju.site.cli.choosing import bureau_actor
from anju.site.cli.report_check import check_report
from anju.site.cli.runtime import boot, choose_home, out


@click.group()
@click.option("--home", type=click.Path(path_type=Path), help="数据目录 data folder.")
def report(home: Path | None) -> None:
    """报告：生成公文、核对成稿、检查文稿。Build reports, verify finished files, check texts."""
    choose_home(home)


@report.command("build")
@click.argument("template")
@click.option("--period", required=True, help="期间 period, for example 2023H1.")
@click.option("-o", "target", type=click.Path(path_type=Path), required=True, help="DOCX 文件 the DOCX to write.")
@click.option("--pdf", type=click.Path(path_type=Path), help="同时生成 PDF also write a PDF.")
@click.option("--bureau", help="单位代码 bureau code.")
@click.option("--freeze/--no-freeze", default=True, show_default=True, help="定稿并保存依据，成稿可核对 freeze it with its snapshot.")
def build_report(template: str, period: str, target: Path, pdf: Path | None, bureau: str | None, freeze: bool) -> None:
    """由模板 TEMPLATE 生成报告。Build the report TEMPLATE of one period."""
    boot()
    from anju.site import reporting

    made = reporting.make(template, period=period, by=bureau_actor(bureau), docx=target, pdf=pdf, frozen=freeze)
    for finding in made.findings:
        out.print(reporting.finding_line(finding), markup=False)
    out.print(f"已写出 {target}" + (f" 和 {pdf}" if pdf else "") + f"：{len(made.figures)} 个数字，{len(made.findings)} 条提示")


@report.command("verify")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--bureau", help="单位代码 bureau code.")
def verify_report(file: Path, bureau: str | None) -> int:
    """核对成稿中的每个数字；被改动则退出码为 1。Verify every figure of a finished FILE; exit 1 when one was altered."""
    boot()
    from anju.kernel.reports.verify import verify

    result = verify(file, by=bureau_actor(bureau))
    for alteration in result.alterations:
        out.print(str(alteration), style="red", markup=False)
    out.print(f"核对 {result.checked} 个数字：" + (f"{len(result.alterations)} 处与依据不符" if result.alterations else "全部与依据一致"))
    return 1 if result.alterations else 0


report.add_command(check_report)
