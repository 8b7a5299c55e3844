"""`anju report check`: what a clerk reads, the JSON, silences and the exit code. No database is asked."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

TEXT = """云川县房产服务中心2023年上半年工作情况
2023年上半年，全县商品住宅销售面积30.79万㎡，住宅销售额14.57亿元，商品住宅均价4687元/㎡。
截止六月底，新建停车场*处，新增泊位*个；截止目前，处理投诉118件。
"""


def run(path: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """In a process of its own, with a database address nobody answers."""
    environment = {**os.environ, "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/x", "NO_COLOR": "1"}
    command = [sys.executable, "-m", "anju", "report", "check", str(path), *options]
    return subprocess.run(command, capture_output=True, text=True, env=environment, check=False)


def written(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "report.txt"
    path.write_bytes(text.encode(encoding))
    return path


def test_what_a_clerk_reads(tmp_path: Path) -> None:
    done = run(written(tmp_path, TEXT))
    assert done.returncode == 1
    assert "错误  平均数（average）" in done.stdout
    assert "商品住宅均价‹4687元/㎡›" in done.stdout
    assert "14.57亿元 ÷ 建筑面积30.79万㎡" in done.stdout or "14.57亿元 ÷" in done.stdout
    assert "[4729.66, 4734.45]元/㎡" in done.stdout
    assert "建议：请以总额除以总量为准" in done.stdout
    assert "还有2处“*”没有填：第3段2处" in done.stdout
    assert "截止与截至（style_jiezhi）  2处" in done.stdout
    assert "读出" in done.stdout.splitlines()[-1]


def test_json_and_a_silence(tmp_path: Path) -> None:
    path = written(tmp_path, TEXT.replace("*处", "6处").replace("*个", "320个"))
    found = json.loads(run(path, "--format", "json").stdout)
    (average,) = [finding for finding in found if finding["severity"] == "error"]
    assert average["rule"] == "average"
    silences = tmp_path / "silences.yaml"
    silences.write_text(f"{average['fingerprint']}: {{reason: 按各项目均价的平均计算}}\n", encoding="utf-8")
    done = run(path, "--format", "json", "--silences", str(silences))
    assert done.returncode == 0
    assert [finding["silenced"] for finding in json.loads(done.stdout) if finding["rule"] == "average"] == ["按各项目均价的平均计算"]
    assert "已说明理由不再提示1处" in run(path, "--silences", str(silences)).stdout


def test_a_clean_text(tmp_path: Path) -> None:
    done = run(written(tmp_path, "全年新建水厂4座、改造水厂7座，合计11座。\n", "gb18030"))
    assert done.returncode == 0
    assert "没有发现问题" in done.stdout


def test_a_file_that_is_no_text(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_bytes(bytes(range(128, 256)) * 40)
    done = run(path)
    assert done.returncode == 3
    assert "reading.not_text" in done.stderr
