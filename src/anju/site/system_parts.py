"""Parts of the operating system the product or its tests use: LibreOffice, Chromium, fonts.

Found, and installed by apt where that is allowed.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from anju.kernel.errors import AnjuError, Problem


@dataclass(frozen=True, slots=True)
class Part:
    """`present` answers whether the part is there; `packages` are Debian's names for it."""

    name: str
    purpose: str
    packages: tuple[str, ...]
    present: Callable[[], bool]


def _program(*names: str) -> Callable[[], bool]:
    return lambda: any(shutil.which(name) for name in names)


def _font(family: str) -> Callable[[], bool]:
    def present() -> bool:
        if not shutil.which("fc-list"):
            return False
        listed = subprocess.run(["fc-list", family, "family"], capture_output=True, text=True, check=False)  # noqa: S607
        return bool(listed.stdout.strip())

    return present


FONTCONFIG = Part("fontconfig", "查找字体", ("fontconfig",), _program("fc-list"))
NOTO = Part("中文字体", "页面与公文中的宋体、黑体", ("fonts-noto-cjk",), _font("Noto Sans CJK SC"))
LIBERATION = Part("西文字体", "公文中的数字", ("fonts-liberation",), _font("Liberation Serif"))
KAI = Part("楷体", "公文二级标题", ("fonts-arphic-ukai",), _font("AR PL UKai CN"))
OFFICE = Part("LibreOffice", "由 DOCX 生成 PDF", ("libreoffice-writer-nogui",), _program("soffice", "libreoffice"))
CHROMIUM = Part("Chromium", "浏览器测试", ("chromium",), _program("chromium", "chromium-browser", "google-chrome"))
POPPLER = Part("poppler", "查看 PDF 的测试", ("poppler-utils",), _program("pdftotext"))

FOR_REPORTS = (FONTCONFIG, NOTO, LIBERATION, KAI, OFFICE)
FOR_TESTS = (*FOR_REPORTS, CHROMIUM, POPPLER)


def missing(parts: Iterable[Part]) -> list[Part]:
    """The parts that are not there."""
    return [part for part in parts if not part.present()]


def advice(parts: Iterable[Part]) -> str:
    """The one command that installs these parts on Debian."""
    packages = " ".join(sorted({package for part in parts for package in part.packages}))
    return f"请运行：sudo apt-get update && sudo apt-get install -y --no-install-recommends {packages}"


def install(parts: Iterable[Part], say: Callable[[str], None]) -> None:
    """Install what is missing. Raises AnjuError naming each part and the command when this user or machine may not."""
    wanted = missing(parts)
    if not wanted:
        return
    prefix = _apt_prefix()
    if prefix is not None:
        say("安装系统组件：" + "、".join(part.name for part in wanted))
        packages = sorted({package for part in wanted for package in part.packages})
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for arguments in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", *packages]):
            subprocess.run([*prefix, "apt-get", *arguments], env=environment, check=False, stdout=subprocess.DEVNULL)
        wanted = missing(wanted)
    if wanted:
        raise AnjuError(
            Problem(code="system.part_missing", where=part.name, what=f"缺少{part.name}（用于{part.purpose}）。", advice=advice(wanted))
            for part in wanted
        )


def _apt_prefix() -> list[str] | None:
    """How to call apt-get here: directly as root, through a sudo that asks nothing, or not at all."""
    if not shutil.which("apt-get"):
        return None
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") and subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False).returncode == 0:  # noqa: S607
        return ["sudo", "-n"]
    return None
