"""Published versions as matters again: read once per process, told apart by their digest."""

from __future__ import annotations

import json
from functools import lru_cache

from anju.kernel.cases.matters.catalogue import all_matters, get
from anju.kernel.cases.matters.declaration import Matter
from anju.kernel.cases.matters.publishing import digest_of, edited_versions
from anju.kernel.cases.matters.reading import read_published
from anju.kernel.cases.models import MatterVersion
from anju.kernel.errors import AnjuError

_known: dict[str, Matter] = {}


def matter_of(digest: str) -> Matter:
    """The matter published under this digest."""
    known = _known.get(digest)
    if known is None:
        row = MatterVersion.objects.get(digest=digest)
        known = _known[digest] = read_published(row.matter, json.loads(row.page), slice=row.slice)
    return known


def current(name: str) -> tuple[MatterVersion, Matter]:
    """The version new cases of a matter begin with: the one its file declares.

    Raises AnjuError `cases.unknown_matter`, `cases.not_published`.
    """
    matter = get(name)
    row = MatterVersion.objects.defer("page").filter(digest=_digest(matter)).first()
    if row is None:
        raise AnjuError.of(
            "cases.not_published",
            f"事项“{matter.title}”{matter.version}版还没有发布。",
            where=matter.where,
            advice="请重新运行任一 anju 命令完成发布。",
        )
    return row, matter


def all_checked() -> dict[str, Matter]:
    """Every declared matter. Raises AnjuError where one cannot be used, or reads differently than its published version."""
    found = all_matters()
    published = {(row[0], row[1]): row[2] for row in MatterVersion.objects.values_list("matter", "version", "digest")}
    if edited := list(edited_versions(found.values(), published)):
        raise AnjuError(edited)
    return found


_digest = lru_cache(maxsize=256)(digest_of)
