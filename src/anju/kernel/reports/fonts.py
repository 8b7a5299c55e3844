"""What stands in for the statutory fonts where this machine renders: a fontconfig file made at run time under ANJU_HOME.

The DOCX always names the statutory fonts (GB/T 9704-2012 practice: 方正小标宋简体, 仿宋_GB2312, 楷体_GB2312, 黑体); they are not free, so a
server draws substitutes. Without this file LibreOffice takes one font for everything.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

from anju.kernel.database.home import subfolder

SYSTEM_CONFIGURATION = "/etc/fonts/fonts.conf"
SUBSTITUTES: dict[str, tuple[str, ...]] = {
    "方正小标宋简体": ("FZXiaoBiaoSong-B05S", "方正小标宋_GBK", "Noto Serif CJK SC:bold", "Source Han Serif SC:bold", "AR PL UMing CN"),
    "仿宋_GB2312": ("FangSong_GB2312", "仿宋", "FangSong", "FandolFang R", "FandolFang", "AR PL UMing CN", "Noto Serif CJK SC"),
    "楷体_GB2312": ("KaiTi_GB2312", "楷体", "KaiTi", "FandolKai", "LXGW WenKai", "AR PL UKai CN", "Noto Serif CJK SC"),
    "黑体": ("SimHei", "Noto Sans CJK SC:medium", "Source Han Sans SC", "FandolHei"),
    "宋体": ("SimSun", "Noto Serif CJK SC", "Source Han Serif SC", "FandolSong", "AR PL UMing CN"),
    "Times New Roman": ("Liberation Serif", "Tinos"),
}
"""Best first; a family after the first only when the ones before are missing. `:bold` asks for that weight."""

FALLBACK = ("AR PL UMing CN", "Noto Serif CJK SC")
"""Have the rare given-name characters and the signs that Fandol lacks; asked for under Fandol's own names too."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Which family stands in for a statutory font on this machine; `proper` false: a plain one of another kind does (looks wrong)."""

    wanted: str
    family: str
    proper: bool


def font_environment() -> dict[str, str]:
    """The environment for a program that renders: this process's, with FONTCONFIG_FILE pointing to the file made here."""
    return {**os.environ, "FONTCONFIG_FILE": str(write_configuration())}


def write_configuration() -> Path:
    """Make (or keep) `ANJU_HOME/fonts/fonts.conf` and return it; further font files may be put beside it."""
    folder = subfolder("fonts")
    path, text = folder / "fonts.conf", configuration(folder)
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        unfinished = folder / f"fonts.conf.{os.getpid()}"
        unfinished.write_text(text, encoding="utf-8")
        unfinished.replace(path)
    return path


def configuration(folder: Path) -> str:
    """The fontconfig file: the system's own, the fonts in `folder`, and one alias list per statutory font."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">',
        "<fontconfig>",
        f'  <include ignore_missing="yes">{SYSTEM_CONFIGURATION}</include>',
        f"  <dir>{escape(str(folder))}</dir>",
        f"  <cachedir>{escape(str(folder / 'cache'))}</cachedir>",
    ]
    # Before the statutory names: once Fandol stands in such a list, this rule would push its fallback in front of what comes behind it.
    for family in ("FandolFang", "FandolKai"):
        lines += _alias(family, FALLBACK)
    for wanted, families in SUBSTITUTES.items():
        lines += _alias(wanted, (*families, *FALLBACK))
    return "\n".join([*lines, "</fontconfig>", ""])


def _alias(wanted: str, families: tuple[str, ...]) -> list[str]:
    # Appended behind the wanted name with strong binding, so that the real font wins when somebody installs it.
    lines = ["  <match>", f'    <test name="family" compare="eq"><string>{escape(wanted)}</string></test>']
    names = [family.partition(":")[0] for family in families]
    strings = "".join(f"<string>{escape(name)}</string>" for name in dict.fromkeys(names))
    lines += [f'    <edit name="family" mode="append" binding="same">{strings}</edit>', "  </match>"]
    for family in families:
        _, _, weight = family.partition(":")
        if weight:
            lines += [
                '  <match target="pattern">',
                f'    <test name="family" compare="eq"><string>{escape(wanted)}</string></test>',
                f'    <edit name="weight" mode="assign" binding="strong"><const>{weight}</const></edit>',
                "  </match>",
            ]
            break
    return lines


def standings() -> list[Standing]:
    """What stands in for each statutory font here, by fontconfig's own answer; empty when `fc-match` is not installed."""
    program = shutil.which("fc-match")
    if program is None:
        return []
    environment = font_environment()
    found = []
    for wanted, families in SUBSTITUTES.items():
        answer = subprocess.run(
            [program, "-f", "%{family}\n", wanted], env=environment, capture_output=True, text=True, timeout=60, check=False
        )
        names = [name.strip() for name in answer.stdout.strip().split(",")]
        accepted = {wanted, *(family.partition(":")[0] for family in families)}
        match = next((name for name in names if name in accepted), names[0] if names else "")
        found.append(Standing(wanted, match, match in accepted))
    return found
