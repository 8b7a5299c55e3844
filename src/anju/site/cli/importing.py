"""`anju import`: one workbook into one ledger, by the same road as the pages."""

from __future__ import annotations

from pathlib import Path

import click
from rich.progress import Progress

from anju.site.cli.choosing import bureau_actor
from anju.site.cli.runtime import boot, choose_home, err, out

SHOWN_ISSUES = 50


@click.command("import")
@click.argument("ledger")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--dry-run", is_flag=True, help="只检查，不写入 check only, write nothing.")
@click.option("--accept-confirmations", is_flag=True, help="接受“待确认”的提示 accept what only needs confirming.")
@click.option("--skip-rejected", is_flag=True, help="有错的行不导入，其余导入 import the good rows, leave the wrong ones out.")
@click.option("--rejected", type=click.Path(path_type=Path), help="把有错的行写成工作簿 write rejected rows to this workbook.")
@click.option("--sheet", help="只读这张工作表 read this sheet only.")
@click.option("--bureau", help="单位代码 bureau code.")
@click.option("--home", type=click.Path(path_type=Path), help="数据目录 data folder.")
def import_books(
    ledger: str,
    file: Path,
    dry_run: bool,
    accept_confirmations: bool,
    skip_rejected: bool,
    rejected: Path | None,
    sheet: str | None,
    bureau: str | None,
    home: Path | None,
) -> int:
    """把工作簿导入台账。Import FILE (.xlsx .xls .csv) into LEDGER; exit 1 when rows are left over."""
    choose_home(home)
    boot()
    from anju.kernel.ledgers import catalogue, imports

    book = catalogue.get(ledger)
    actor = bureau_actor(bureau)
    with Progress(console=err, transient=True) as progress:
        task = progress.add_task("检查", total=None)
        batch = imports.prepare_import(
            book, file, by=actor, sheet=sheet, progress=lambda done, total: progress.update(task, completed=done, total=total)
        )
    counts = f"{batch.ready:,} 可导入，{batch.to_confirm:,} 待确认，{batch.wrong:,} 有错，{batch.already:,} 已在台账"
    out.print(f"{file.name} {batch.rows:,} 行：{counts}")
    for issue in imports.issues(batch, 0, SHOWN_ISSUES):
        out.print(str(issue), markup=False)
    if rejected and batch.wrong:
        imports.rejected_workbook(batch, rejected)
        out.print(f"有错的行已写入 {rejected}")
    stopped = batch.state == "blocked" or (batch.to_confirm and not accept_confirmations) or (batch.wrong and not skip_rejected)
    if dry_run or stopped:
        imports.discard_import(batch.pk, by=actor)
        if not dry_run:
            out.print("未写入任何记录。请改正后重新导入，或使用 --accept-confirmations / --skip-rejected。")
        return 1 if stopped else 0
    confirmed = imports.confirm_import(batch.pk, by=actor, accept_confirmations=accept_confirmations, skip_rejected=skip_rejected)
    out.print(f"已导入“{book.title}”，批次 {confirmed.pk}")
    return 1 if batch.wrong else 0
