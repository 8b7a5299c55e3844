"""`anju serve`: the pages, with the worker beside them."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import click

from anju.kernel.errors import AnjuError
from anju.site import lifeline
from anju.site.cli.runtime import boot, choose_home, err

STOP_SECONDS = 15


@click.command()
@click.option("--home", type=click.Path(path_type=Path), help="数据目录 data folder.")
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="端口 port on loopback.")
@click.option("--host", default="127.0.0.1", show_default=True, help="监听地址；对外服务请放在反向代理之后 bind address.")
def serve(home: Path | None, port: int, host: str) -> None:
    """打开网页服务。Serve the pages."""
    choose_home(home)
    boot(quiet=False)
    run_site(host=host, port=port)


@click.command(hidden=True)
@click.option("--home", type=click.Path(path_type=Path))
def work(home: Path | None) -> None:
    """后台任务。Run the background jobs (started by serve)."""
    choose_home(home)
    boot()
    from anju.site.worker import run_worker

    run_worker()


def run_site(*, host: str, port: int) -> None:
    """Serve until interrupted; pages and worker are processes of their own and end with this one. Raises AnjuError for a taken port."""
    require_free(host, port)
    os.environ.setdefault("ANJU_LOG", "INFO")
    children = [lifeline.spawn(command) for command in (_pages(host, port), [sys.executable, "-m", "anju", "work"])]
    err.print(f"网页已打开 serving at http://{host}:{port}/  （Ctrl-C 结束）")
    # Set here and not taken for granted: a shell starts background jobs with Ctrl-C ignored.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _stop)
    try:
        children[0][0].wait()
    finally:
        for child, _ in reversed(children):
            _end(child)


def _stop(number: int, frame: object) -> None:
    raise SystemExit(0)


def _pages(host: str, port: int) -> list[str]:
    # A fresh interpreter: the threads and connections of this one must not be forked into the server's workers.
    options = {"--interface": "wsgi", "--host": host, "--port": port, "--workers": os.environ.get("ANJU_WEB_WORKERS", "1")}
    options["--blocking-threads"] = os.environ.get("ANJU_WEB_THREADS", "4")
    options["--log-level"] = "warning"
    written = [str(part) for option in options.items() for part in option]
    return [sys.executable, "-m", "granian", *written, "anju.site.wsgi:application"]


def _end(child: subprocess.Popen[bytes]) -> None:
    child.send_signal(signal.SIGTERM)
    try:
        child.wait(timeout=STOP_SECONDS)
    except subprocess.TimeoutExpired:
        child.kill()


def require_free(host: str, port: int) -> None:
    """Raise AnjuError `system.port_taken` when somebody listens there."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # a port that only waits out its last connection is free
        try:
            probe.bind((host, port))
        except OSError as error:
            raise AnjuError.of("system.port_taken", f"{host}:{port} 已被占用。", advice="请用 --port 换一个端口。") from error
