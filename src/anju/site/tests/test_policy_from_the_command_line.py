"""`anju calendar` and `anju parameters`: the same actions as the pages, from a machine without a browser."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

PAGE = """
local.rate:
  name: 补贴标准
  type: money
  unit: 元/㎡·月
  meaning: 每平方米每月
local.tiers:
  name: 分档
  type: table
  meaning: 各档系数
  columns:
    tier: {label: 档次, type: text}
    factor: {label: 系数, type: decimal}
"""
NOTICE = (
    "一、元旦：1月1日（周五）至3日（周日）放假，共3天。\n二、春节：2月5日（周五）至11日（周四）放假调休，共7天。2月13日（周六）上班。\n"
)
BUREAU = ("setup", "--bureau", "ours", "--name", "某县住房和城乡建设局", "--region", "含山县")
CITED = ("--document", "示例房发〔2023〕12号", "--reason", "按文件录入")


# One process for all commands: starting one is most of what a command costs.
DRIVER = """
import contextlib, io, json, sys
from anju.site.cli.main import main

told = []
for arguments in json.load(sys.stdin):
    said, code = io.StringIO(), 0
    sys.argv = ["anju", *arguments]
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        try:
            main()
        except SystemExit as end:
            code = end.code
    told.append([code, said.getvalue()])
json.dump(told, sys.stdout)
"""


def run(home: Path, commands: Sequence[Sequence[str]]) -> list[tuple[int, str]]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ANJU_") and "DATABASE_URL" not in name}
    asked = json.dumps(list(map(list, commands)))
    environment = {**kept, "ANJU_HOME": str(home)}
    done = subprocess.run(
        [sys.executable, "-c", DRIVER], env=environment, input=asked, capture_output=True, text=True, timeout=600, check=False
    )
    assert done.returncode == 0, done.stderr
    return [(code, said) for code, said in json.loads(done.stdout)]


def test_notices_and_values_from_the_command_line(tmp_path: Path) -> None:
    (tmp_path / "parameters.yaml").write_text(PAGE, encoding="utf-8")
    (tmp_path / "notice.txt").write_text(NOTICE, encoding="utf-8")
    rows = [{"tier": "甲", "factor": "1"}, {"tier": "乙", "factor": "0.5"}]
    (tmp_path / "tiers.json").write_text(json.dumps(rows), encoding="utf-8")
    paper = ("calendar", "enter", str(tmp_path / "notice.txt"), "--number", "示例〔2026〕9号", "--year", "2027", "--dated", "2025-12-01")
    wanted: list[tuple[tuple[str, ...], int, str]] = [
        (BUREAU, 0, "已建立单位"),
        (("calendar", "due", "2025-09-26", "7个工作日"), 0, "最后一日为2025年10月13日（周一）"),
        (("calendar", "due", "2025-06-06", "15wd", "--stop", "2025-06-12..2025-06-25"), 0, "最后一日为2025年7月11日"),
        (("calendar", "due", "2026-12-20", "30wd"), 3, "2027年的放假安排尚未录入"),
        ((*paper, "--check"), 0, "2027-02-13 上班 春节"),
        (paper, 0, "已录入"),
        (paper, 3, "已经录入"),
        (("calendar", "show", "2027"), 0, "2027-02-13"),
        (("calendar", "due", "2026-12-20", "30wd"), 0, "最后一日"),
        (("parameters", "set", "local.rate", "9.50元", "--from", "2023-07-01", *CITED), 0, "已录入"),
        (("parameters", "set", "local.rate", "9.50", "--from", "2024-07-01", *CITED), 3, "写明单位"),
        (("parameters", "set", "local.tiers", f"@{tmp_path / 'tiers.json'}", "--from", "2023-01-01", *CITED), 0, "2行"),
        (("parameters", "list", "--on", "2023-08-01"), 0, "9.50元/㎡·月"),
        (("parameters", "show", "local.rate"), 0, "示例房发〔2023〕12号"),
        (("parameters", "show", "local.nothing"), 3, "没有名为"),
    ]
    for (command, code, said), (ended, told) in zip(wanted, run(tmp_path, [one[0] for one in wanted]), strict=True):
        assert (ended, said in told) == (code, True), (command, told)
