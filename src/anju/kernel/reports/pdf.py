"""PDF by LibreOffice, from the same DOCX."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from anju.kernel.errors import AnjuError
from anju.kernel.reports.fonts import font_environment

TIME_LIMIT_SECONDS = 120
_PDF_OPTIONS = {
    # Comments and form fields would show on the official page.
    "ExportNotes": {"type": "boolean", "value": "false"},
    "ExportFormFields": {"type": "boolean", "value": "false"},
    "UseTaggedPDF": {"type": "boolean", "value": "true"},
    "ExportBookmarks": {"type": "boolean", "value": "true"},
}
_INSTALL = (
    "请安装 LibreOffice：Debian/Ubuntu 运行 apt-get install libreoffice-writer-nogui fonts-noto-cjk fonts-liberation；"
    "其他系统安装 LibreOffice 后把 soffice 放进 PATH，或用环境变量 ANJU_SOFFICE 指明它的位置。"
)


def office_program() -> str:
    """Where `soffice` is: `ANJU_SOFFICE`, or the one on PATH. Raises AnjuError `reports.libreoffice_missing` with how to install it."""
    program = os.environ.get("ANJU_SOFFICE") or shutil.which("soffice") or shutil.which("libreoffice")
    if program is None or shutil.which(program) is None:
        raise AnjuError.of("reports.libreoffice_missing", "没有找到 LibreOffice（soffice），无法生成 PDF。", advice=_INSTALL)
    return program


def convert_to_pdf(document: Path, target: Path, *, time_limit_seconds: int = TIME_LIMIT_SECONDS) -> None:
    """Write the PDF of a DOCX to `target`, whole or not at all.

    Raises AnjuError `reports.libreoffice_missing`, `reports.office_slow` (stopped after the limit) or `reports.office_failed`.
    """
    _convert(document, target, "pdf:writer_pdf_Export:" + json.dumps(_PDF_OPTIONS), time_limit_seconds)


def resave_docx(document: Path, target: Path, *, time_limit_seconds: int = TIME_LIMIT_SECONDS) -> None:
    """Open a DOCX in LibreOffice and save it as DOCX, as somebody who changes nothing does. Errors as `convert_to_pdf`."""
    _convert(document, target, "docx:MS Word 2007 XML", time_limit_seconds)


def _convert(document: Path, target: Path, filter_name: str, time_limit_seconds: int) -> None:
    program = office_program()
    with tempfile.TemporaryDirectory(prefix="anju-office-") as place:
        # A profile of its own for every run: LibreOffice allows one process per profile.
        profile, out = Path(place, "profile"), Path(place, "out")
        out.mkdir()
        source = Path(place, "report.docx")
        shutil.copyfile(document, source)
        command = [program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", "--nologo", "--nodefault",
                   "--convert-to", filter_name, "--outdir", str(out), str(source)]  # fmt: skip
        said = _run(command, time_limit_seconds)
        produced = out / f"report{target.suffix}"
        if not produced.exists():
            raise AnjuError.of(
                "reports.office_failed",
                f"LibreOffice 没有转换成功：{said.strip()[:400] or '没有说明原因'}。",
                advice="请运行 anju doctor 检查。",
            )
        unfinished = target.with_name(f".{target.name}.part")
        shutil.copyfile(produced, unfinished)
        unfinished.replace(target)


def _run(command: list[str], time_limit_seconds: int) -> str:
    # A session of its own, because `soffice` starts the real program as a child that would survive it.
    process = subprocess.Popen(
        command, env=font_environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True
    )
    try:
        said, _ = process.communicate(timeout=time_limit_seconds)
    except subprocess.TimeoutExpired as error:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        raise AnjuError.of(
            "reports.office_slow",
            f"LibreOffice 在{time_limit_seconds}秒内没有完成转换，已停止。",
            advice="请稍后重试；若反复出现，请运行 anju doctor 检查。",
        ) from error
    return str(said)
