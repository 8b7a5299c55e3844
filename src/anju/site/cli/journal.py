"""`anju journal`: seal it, verify it, prove one entry."""

from __future__ import annotations

import json
from pathlib import Path

import click

from anju.kernel.errors import AnjuError
from anju.site.cli.runtime import boot, choose_home, err, out


@click.group()
@click.option("--home", type=click.Path(path_type=Path), help="数据目录 data folder.")
def journal(home: Path | None) -> None:
    """日志：封存、核对、出具证明。Seal, verify and prove the journal."""
    choose_home(home)


@journal.command()
def seal() -> None:
    """把尚未封存的动作与变更封入区块。Seal what is not sealed yet (serve does it by itself)."""
    boot()
    from anju.kernel.journal.sealing import seal as seal_blocks

    out.print(f"新封存 {len(seal_blocks())} 块")


@journal.command()
@click.option("--format", "style", type=click.Choice(["table", "json"]), default="table", show_default=True)
def verify(style: str) -> int:
    """核对全部封存块、行变更与现有记录；有问题退出码为 1。Verify blocks, changes and current rows; exit 1 on findings."""
    boot()
    from anju.kernel.journal.verifying import verify as verify_journal

    findings = verify_journal(lambda line: err.print(f"[dim]· {line}[/]"))
    if style == "json":
        rows = [{"code": f.code, "where": f.where, "what": f.what, "advice": f.advice} for f in findings]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
    else:
        for finding in findings:
            out.print(str(finding), style="red", markup=False)
        out.print(f"查出 {len(findings)} 个问题" if findings else "日志完整：封存块、行变更与现有记录一致")
    return 1 if findings else 0


@journal.command()
@click.argument("entry", type=int)
@click.option("-o", "target", type=click.Path(path_type=Path), required=True, help="证明文件 proof file (JSON).")
def prove(entry: int, target: Path) -> None:
    """导出一条动作的存在证明。Export the inclusion proof of one entry."""
    boot()
    from anju.kernel.journal.proof import export_proof

    target.write_text(json.dumps(export_proof(entry), ensure_ascii=False, indent=1), encoding="utf-8")
    out.print(f"已写出 {target}")


@journal.command("check-proof")
@click.argument("source", type=click.Path(path_type=Path, exists=True, dir_okay=False))
def check_proof(source: Path) -> int:
    """不用数据库核对一份证明。Check a proof without any database; exit 1 when it does not hold."""
    from anju.kernel.journal.proof import verify_proof

    try:
        holds = verify_proof(json.loads(source.read_text(encoding="utf-8")))
    except (ValueError, KeyError, TypeError) as error:
        raise AnjuError.of("journal.bad_proof", f"不是有效的证明文件：{error}", where=str(source)) from error
    out.print("证明成立" if holds else "证明不成立")
    return 0 if holds else 1
