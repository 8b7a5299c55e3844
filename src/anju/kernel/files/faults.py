"""How this room refuses."""

from __future__ import annotations

from collections.abc import Iterable

from anju.kernel.errors import AnjuError


def wrong_kind(what: str, kinds: Iterable[str] = (), *, advice: str = "") -> AnjuError:
    """The content is not of a kind that is taken."""
    known = "、".join(kinds)
    return AnjuError.of("files.kind", what, where="文件", advice=advice or (f"可用：{known}。" if known else ""))


def dangerous(what: str, advice: str) -> AnjuError:
    """The content could do harm."""
    return AnjuError.of("files.dangerous", what, where="文件", advice=advice)


def too_large(what: str, advice: str) -> AnjuError:
    """More than the limit."""
    return AnjuError.of("files.size", what, where="文件", advice=advice)


def broken(what: str) -> AnjuError:
    """The content cannot be read as what it claims to be."""
    return AnjuError.of("files.broken", what, where="文件", advice="文件可能没有传完整，请在本机打开确认后重新上传。")


def missing() -> AnjuError:
    """No such file, or not for this reader."""
    return AnjuError.of("files.missing", "没有这个文件。", where="文件", advice="它可能属于其他单位，或已作废；请刷新页面。")
