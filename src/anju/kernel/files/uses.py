"""What files are for: which kinds a use takes and how large they may be."""

from __future__ import annotations

from dataclasses import dataclass

MEGABYTE = 1024 * 1024
IMAGES = ("jpg", "png", "heic")
PAPERS = ("pdf", "ofd", "docx", "xlsx")


@dataclass(frozen=True, slots=True)
class Use:
    """`kinds`: as `sniffing` names them, in the order people are told. `keeps_place`: time and place of a photo are evidence."""

    name: str
    label: str
    kinds: tuple[str, ...]
    max_bytes: int
    keeps_place: bool = False

    @property
    def accept(self) -> str:
        """The `accept` of a file input."""
        return ",".join(f".{kind}" for kind in self.kinds) + (",.jpeg" if "jpg" in self.kinds else "")


_uses: dict[str, Use] = {}


def add_use(use: Use) -> Use:
    """Declare a use; a slice declares its own in `apps.ready()`. The last declaration of a name holds."""
    _uses[use.name] = use
    return use


def use_of(name: str) -> Use:
    """A declared use. Raises KeyError."""
    return _uses[name]


MATERIAL = add_use(Use("material", "申请材料", ("pdf", "jpg", "png", "heic", "ofd", "docx", "xlsx", "zip"), 20 * MEGABYTE))
EVIDENCE = add_use(Use("evidence", "现场证据", ("jpg", "png", "heic", "pdf"), 20 * MEGABYTE, keeps_place=True))
DOCUMENT = add_use(Use("document", "文书", (*PAPERS, *IMAGES[:2]), 20 * MEGABYTE))
