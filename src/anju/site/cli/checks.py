"""`anju doctor` and `anju test`."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import click
from rich.markup import escape

from anju.kernel.errors import AnjuError
from anju.site import system_parts
from anju.site.cli.runtime import boot, choose_home, err, out


@click.command()
@click.option("--home", type=click.Path(path_type=Path), help="数据目录 data folder.")
def doctor(home: Path | None) -> int:
    """检查安装。Check this installation; exit 1 when something is wrong."""
    choose_home(home)
    boot()
    from anju.site.health import check_all

    marks = {"ok": "[green]✓[/]", "warning": "[yellow]![/]", "error": "[red]✗[/]"}
    checks = check_all()
    for check in checks:
        words = f"{check.name}：{check.finding}" + (f"  {check.advice}" if check.advice else "")
        out.print(f"{marks[check.state]} {escape(words)}")
    return 1 if any(check.state == "error" for check in checks) else 0


@click.command(context_settings={"ignore_unknown_options": True})
@click.argument("pytest_arguments", nargs=-1, type=click.UNPROCESSED)
def test(pytest_arguments: tuple[str, ...]) -> None:
    """安装测试所需的组件并运行全部测试。Install what the tests need and run them (arguments go to pytest)."""
    checkout = Path(__file__).resolve().parents[4]
    if not (checkout / "pyproject.toml").exists():
        raise AnjuError.of("system.no_checkout", "测试要在源码目录中运行。", advice="请先 git clone 本项目，再运行 uv run anju test。")
    system_parts.install(system_parts.FOR_TESTS, lambda line: err.print(f"· {line}"))
    uv = os.environ.get("UV") or shutil.which("uv")
    if uv is None:
        raise AnjuError.of("system.no_uv", "找不到 uv。", advice="请运行：pip install uv")
    environment = {name: value for name, value in os.environ.items() if not name.startswith("ANJU_") and name != "DATABASE_URL"}
    arguments = list(pytest_arguments) or ["-n", "2", "--dist", "loadfile"]
    sys.stdout.flush()
    finished = subprocess.run([uv, "run", "--group", "dev", "pytest", *arguments], cwd=checkout, env=environment, check=False)
    sys.exit(finished.returncode)
