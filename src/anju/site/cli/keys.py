"""`anju keys`: the keys of personal data, listed, replaced, used everywhere, verified."""

from __future__ import annotations

import json
from pathlib import Path

import click
from rich.table import Table

from anju.site.cli.runtime import boot, choose_home, err, out


@click.group()
@click.option("--home", type=click.Path(path_type=Path), help="数据目录 data folder.")
def keys(home: Path | None) -> None:
    """密钥：列出、更换、核对。The keys of personal data: list, rotate, verify."""
    choose_home(home)


@keys.command("list")
@click.option("--format", "style", type=click.Choice(["table", "json"]), default="table", show_default=True)
def list_keys(style: str) -> int:
    """列出密钥版本和各列还有多少旧密文；缺密钥时退出码为 1。List versions and what each column still holds; exit 1 when a key is lost."""
    boot()
    from anju.kernel.privacy.keys import key_states
    from anju.kernel.privacy.reencrypting import counts

    states = key_states()
    lost = any(state.lost for state in states)
    columns = [] if lost else counts()
    if style == "json":
        rows = [
            {"version": s.version, "made_on": s.made_on, "fingerprint": s.fingerprint, "held": s.held, "writes": s.writes} for s in states
        ]
        held = [{"column": c.place.cell.name, "cells": c.cells, "older": c.older} for c in columns]
        click.echo(json.dumps({"keys": rows, "columns": held}, ensure_ascii=False, indent=1))
        return 1 if lost else 0
    table = Table("版本", "用途", "生成日期", "指纹", "状态")
    for state in states:
        use = "检索（不更换）" if state.version == 0 else "写入" if state.writes else "只读旧密文"
        table.add_row(str(state.version), use, state.made_on, state.fingerprint, "在" if state.held else "[red]丢失[/]")
    out.print(table)
    if columns:
        table = Table("列", "密文", "待换新密钥")
        for count in columns:
            table.add_row(count.place.cell.name, f"{count.cells:,}", f"{count.older:,}")
        out.print(table)
    return 1 if lost else 0


@keys.command()
@click.option("--reason", required=True, help="更换的理由，记入日志 why; goes to the journal.")
@click.option("--only-key", is_flag=True, help="只换密钥，旧密文以后再换 leave what is written for later.")
def rotate(reason: str, only_key: bool) -> None:
    """生成新一版密钥，并把已有密文逐页换过去；中断后再运行 reencrypt 即可。New key version, then move what is written to it."""
    boot()
    from anju.kernel.access.actor import Actor
    from anju.kernel.privacy.keys import rotate_keys

    version = rotate_keys(by=Actor.system("命令行"), reason=reason)
    out.print(f"第 {version} 版密钥已启用。请立即备份 keys.secret，旧备份读不出此后的内容。")
    if not only_key:
        _reencrypt()


@keys.command()
def reencrypt() -> None:
    """把旧版密钥的密文换成最新版；可随时中断，再次运行接着换。Move old cells to the newest key; may be stopped and run again."""
    boot()
    _reencrypt()


@keys.command()
def verify() -> int:
    """逐格解开核对；有被改动的退出码为 1。Open every cell; exit 1 when one was altered."""
    boot()
    from anju.kernel.errors import AnjuError, Problem
    from anju.kernel.files import contents
    from anju.kernel.privacy.reencrypting import verify_cells

    problems = verify_cells(lambda column, number: err.print(f"[dim]· {column} {number:,}[/]"))
    for name in contents.names():
        try:
            contents.read(name)
        except AnjuError as error:
            problems += [Problem(each.code, name, each.what, each.advice) for each in error.problems]
    for problem in problems:
        out.print(str(problem), style="red", markup=False)
    out.print(f"查出 {len(problems)} 处" if problems else "全部密文和文件完好")
    return 1 if problems else 0


def _reencrypt() -> None:
    from anju.kernel.access.actor import Actor
    from anju.kernel.privacy.reencrypting import reencrypt as move

    moved = move(by=Actor.system("命令行"), progress=lambda column, number: err.print(f"[dim]· {column} {number:,}[/]"))
    from anju.kernel.files import contents
    from anju.kernel.ledgers.imports import storage

    out.print(f"已换 {moved:,} 格、{contents.rewrap() + storage.rewrap():,} 个文件")
