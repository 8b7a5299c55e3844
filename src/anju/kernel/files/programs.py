"""What can be run: told by how content begins and by endings of names."""

from __future__ import annotations

_BEGINNINGS = (
    b"MZ",
    b"\x7fELF",
    b"\xca\xfe\xba\xbe",
    b"\xfe\xed\xfa",
    b"\xcf\xfa\xed\xfe",
    b"\xce\xfa\xed\xfe",
    b"#!",
    b"dex\n",
    b"\x00asm",
)
ENDINGS = frozenset(
    (
        "exe", "dll", "com", "scr", "pif", "bat", "cmd", "ps1", "psm1", "vbs", "vbe", "js", "jse", "wsf", "wsh", "hta", "msi", "msp", "jar",
        "lnk", "reg", "sh", "py", "apk", "cpl", "sys", "docm", "xlsm", "pptm", "dotm", "xltm", "xlam",
    )
)  # fmt: skip


def is_program(beginning: bytes) -> bool:
    """Whether content that begins so can be run."""
    return beginning.startswith(_BEGINNINGS)
