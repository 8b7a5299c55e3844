"""The words of a PDF, taken in a process of their own with a limit on time and memory, because PDFs can be built to hang a reader."""

from __future__ import annotations

import re
import subprocess
import sys

from anju.kernel.reading.inputs.plain import tidy
from anju.kernel.reading.inputs.source import MOST_CHARACTERS, Source, refuse, too_long

SECONDS = 60
MOST_PAGES = 1000
MEMORY_BYTES = 1_500_000_000
_PAGE_NUMBER = re.compile(r"^[-—–\s]*(?:第\s*)?\d{1,4}(?:\s*页|\s*/\s*\d{1,4})?[-—–\s]*$")
_ENDS = re.compile(r"[。！？：；!?:;]$|^.{0,14}$")
_BEGINS = re.compile(
    r"^\s*(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[.、．](?!\d)|第[一二三四五六七八九十]+[章节条])"
)


def read_pdf_text(content: bytes, name: str) -> Source:
    """Read a PDF. Raises AnjuError `reading.not_a_pdf`, `reading.no_text` (a scan), `reading.encrypted`,
    `reading.too_slow`, `reading.too_long`."""
    command = [sys.executable, "-I", "-m", "anju.kernel.reading.inputs.pdf_worker", str(MOST_PAGES), str(MEMORY_BYTES), str(SECONDS)]
    try:
        done = subprocess.run(command, input=content, capture_output=True, timeout=SECONDS + 5, check=False)
    except subprocess.TimeoutExpired as error:
        raise refuse("too_slow", "这个 PDF 太复杂，没有在限定时间内读完。", name, "请提供 Word 原文。") from error
    if done.returncode == 3:
        raise refuse("encrypted", "PDF 设了打开密码。", name, "请取消密码后再上传。")
    if done.returncode != 0:
        raise refuse("not_a_pdf", "这个 PDF 已损坏或过于复杂，无法读出文字。", name, "请提供 Word 原文。")
    text = tidy(_reflowed(done.stdout.decode("utf-8", "replace")))
    if not text.strip():
        raise refuse("no_text", "PDF 里没有文字，可能是扫描件。", name, "请提供 Word 原文。")
    if len(text) > MOST_CHARACTERS:
        raise too_long(name)
    return Source(name, "pdf", text)


def _reflowed(text: str) -> str:
    """Lines of the page joined into paragraphs; page numbers left out."""
    lines = [line.rstrip() for line in text.replace("\f", "\n").splitlines()]
    lines = [line for line in lines if line.strip() and not _PAGE_NUMBER.match(line)]
    longest = max((len(line.strip()) for line in lines), default=0)
    out = ""
    for line in lines:
        joins = out and not out.endswith("\n") and not _BEGINS.match(line)
        out += line.strip() if joins or not out or out.endswith("\n") else "\n" + line.strip()
        if _ENDS.search(line.strip()) and len(line.strip()) < longest * 0.9:
            out += "\n"
    return out
