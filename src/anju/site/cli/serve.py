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
from anju.site.cli.runtime import boot, choose_home, err


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
    """Serve until interrupted; the worker lives and ends with the site. Raises AnjuError when the port is taken."""
    _require_free(host, port)
    os.environ.setdefault("ANJU_LOG", "INFO")
    worker = subprocess.Popen([sys.executable, "-m", "anju", "work"], start_new_session=True)
    err.print(f"网页已打开 serving at http://{host}:{port}/  （Ctrl-C 结束）")
    try:
        _serve_pages(host, port)
    finally:
        worker.send_signal(signal.SIGTERM)
        try:
            worker.wait(timeout=15)
        except subprocess.TimeoutExpired:
            worker.kill()


def _serve_pages(host: str, port: int) -> None:
    from granian.constants import Interfaces
    from granian.server import Server

    Server(
        "anju.site.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=int(os.environ.get("ANJU_WEB_WORKERS", "1")),
        blocking_threads=int(os.environ.get("ANJU_WEB_THREADS", "8")),
        log_access=False,
    ).serve()


def _require_free(host: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise AnjuError.of("system.port_taken", f"{host}:{port} 已被占用。", advice="请用 --port 换一个端口。") from error
