"""The first command of the README and what can be asked of its result, through the real command line in an empty home."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import psutil
import pytest

LIMIT_SECONDS = 300


class Installation:
    """An ANJU_HOME of its own and the command line on it."""

    def __init__(self, home: Path) -> None:
        self.home = home
        kept = {name: value for name, value in os.environ.items() if not name.startswith("ANJU_") and name != "DATABASE_URL"}
        self.environment = {**kept, "ANJU_HOME": str(home), "ANJU_DEMO_PASSWORD": "demo-password-2023"}

    def run(self, *arguments: object, code: int = 0) -> str:
        """Run `anju ...`; its standard output. The exit code must be `code`."""
        done = subprocess.run(
            [sys.executable, "-m", "anju", *map(str, arguments)],
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=LIMIT_SECONDS,
            check=False,
        )
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout if code in (0, 1) else done.stderr

    def start(self, *arguments: object) -> subprocess.Popen[bytes]:
        """Start `anju ...` and leave it running."""
        return subprocess.Popen([sys.executable, "-m", "anju", *map(str, arguments)], env=self.environment, stderr=subprocess.DEVNULL)


@pytest.fixture(scope="module")
def installation() -> Iterator[Installation]:
    home = Path(tempfile.mkdtemp(prefix="anju-main-job-"))
    installed = Installation(home)
    installed.first = installed.run("demo", "--no-serve")  # type: ignore[attr-defined]
    yield installed
    shutil.rmtree(home, ignore_errors=True)


def test_the_demo_prints_figures_findings_and_files(installation: Installation) -> None:
    said = installation.first  # type: ignore[attr-defined]
    for words in ("2531套", "18.48亿元", "同比上升0.71%", "143.94%", "第二", "4732元/㎡", "4687"):
        assert words in said
    assert (installation.home / "reports" / "half_year-2023H1.docx").stat().st_size > 10_000
    assert (installation.home / "reports" / "half_year-2023H1.pdf").read_bytes().startswith(b"%PDF")


def test_running_it_again_adds_nothing(installation: Installation) -> None:
    def counted() -> list[tuple[str, int, str]]:
        rows = json.loads(installation.run("figures", "--report", "half_year", "--period", "2023H1", "--format", "json"))
        return [(row["key"], row["rows"], row["digest"]) for row in rows]

    before = counted()
    installation.run("demo", "--no-serve")
    assert counted() == before


def test_figures_as_json_have_everything_to_find_them_again(installation: Installation) -> None:
    (row,) = json.loads(
        installation.run(
            "figures", "--indicator", "market.new_homes.amount", "--period", "2023H1", "--bureau", "dongyuan", "--format", "json"
        )
    )
    assert {"key", "name", "value", "unit", "text", "period", "as_of", "rows", "digest", "version"} <= row.keys()
    assert (row["text"], row["rows"], row["unit"], row["as_of"]) == ("18.48亿元", 2531, "元", "2023-06-30")
    assert re.fullmatch(r"\d+(\.\d{1,2})?", row["value"])
    evidence = json.loads(installation.run("evidence", "market.new_homes.amount", "--period", "2023H1", "--format", "json", "--limit", "3"))
    assert (evidence["rows"], evidence["digest"], len(evidence["records"])) == (2531, row["digest"], 3)


def test_evidence_as_a_workbook(installation: Installation, tmp_path: Path) -> None:
    target = tmp_path / "依据.xlsx"
    installation.run("evidence", "delivery.task_completion", "--period", "2023H1", "--format", "xlsx", "-o", target)
    assert "xl/workbook.xml" in ZipFile(target).namelist()


def test_a_report_is_built_and_an_altered_one_is_found(installation: Installation, tmp_path: Path) -> None:
    docx, altered = tmp_path / "report.docx", tmp_path / "altered.docx"
    installation.run("report", "build", "half_year", "--period", "2023H1", "-o", docx)
    assert "全部与依据一致" in installation.run("report", "verify", docx)
    with ZipFile(docx) as source, ZipFile(altered, "w") as target:
        for item in source.infolist():
            data = source.read(item)
            if item.filename == "word/document.xml":
                assert b"2531" in data
                data = data.replace(b"2531", b"2631")
            target.writestr(item, data)
    assert "2531" in installation.run("report", "verify", altered, code=1)


def test_the_journal_holds_and_a_hidden_edit_is_named(installation: Installation) -> None:
    import psycopg

    from anju.kernel.database.cluster import Cluster
    from anju.kernel.database.home import installation_secret
    from anju.kernel.database.server import derived

    installation.run("journal", "seal")
    assert "日志完整" in installation.run("journal", "verify")
    cluster = Cluster(home=installation.home, password=derived(installation_secret(installation.home, "database"), "admin"))
    first = "(SELECT min(id) FROM ledger_sale_contract WHERE amount > 0)"
    edit = "UPDATE ledger_sale_contract SET amount = amount {} 1 WHERE id = " + first
    cluster.start()
    with psycopg.connect(cluster.conninfo("anju"), autocommit=True) as admin:
        admin.execute("SET session_replication_role = replica")
        admin.execute(edit.format("+"))
        found = installation.run("journal", "verify", code=1)
        admin.execute(edit.format("-"))
    cluster.release()
    assert "ledger_sale_contract" in found


def test_a_wrong_workbook_is_refused_and_the_ledger_stays(installation: Installation, tmp_path: Path) -> None:
    book = tmp_path / "培训.csv"
    book.write_text("培训日期,主题,类别,培训人次\n2023-13-45,统计,统计,十八个\n2023-03-01,消防,安全,20\n", encoding="gb18030")
    said = installation.run("import", "office_training", book, code=1)
    assert "A2" in said
    assert "D2" in said
    assert installation.run("import", "office_training", book, "--dry-run", code=1)
    assert "已导入" in installation.run("import", "office_training", book, "--skip-rejected", "--rejected", tmp_path / "退回.xlsx", code=1)
    assert (tmp_path / "退回.xlsx").exists()


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("figures", "--indicator", "market.nothing", "--period", "2023H1"), 3, "figures."),
        (("figures", "--period", "2023H9"), 3, "figures.bad_period"),
        (("import", "no_such_book", __file__), 3, "ledgers.unknown"),
        (("figures", "--period", "2023H1", "--bureau", "nowhere"), 3, "dongyuan"),
        (("report", "build", "half_year"), 2, "--period"),
    ],
)
def test_bad_input_is_told_and_has_its_exit_code(installation: Installation, arguments: tuple[str, ...], code: int, words: str) -> None:
    assert words in installation.run(*arguments, code=code)


def test_the_doctor_finds_the_installation_sound(installation: Installation) -> None:
    assert "行级安全生效" in installation.run("doctor")


def test_serving_ends_with_its_parent_however_that_ends(installation: Installation) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    for ending in (signal.SIGKILL, signal.SIGINT):
        site = installation.start("serve", "--port", port)
        family = _family_when_up(site, port)
        assert "system.port_taken" in installation.run("serve", "--port", port, code=4)
        site.send_signal(ending)
        site.wait(timeout=60)
        _, alive = psutil.wait_procs(family, timeout=30)
        assert [process for process in alive if process.status() != psutil.STATUS_ZOMBIE] == []


def _family_when_up(site: subprocess.Popen[bytes], port: int) -> list[psutil.Process]:
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline and site.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/accounts/login/", timeout=5) as page:
                assert page.status == 200
            return [child for child in psutil.Process(site.pid).children(recursive=True) if "postgres" not in child.name()]
        except OSError:
            time.sleep(0.3)
    raise AssertionError("the site did not come up")
