"""Who may open the files of a subject besides holding `files.view`: rooms say it for their kinds of subjects."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from anju.kernel.access.actor import Actor
from anju.kernel.errors import AnjuError

SUBJECT = re.compile(r"([a-z][a-z0-9_]*):([0-9]{1,18})")

Guard = Callable[[int, Actor], None]
_guards: dict[str, Guard] = {}


def add_guard(kind: str, guard: Guard) -> None:
    """`guard(number, by)` raises Forbidden when `by` may not open files of `kind:number`; called in `apps.ready()`."""
    _guards[kind] = guard


def parsed(subject: str) -> tuple[str, int]:
    """The kind and number of a subject. Raises AnjuError `files.subject`."""
    found = SUBJECT.fullmatch(subject)
    if found is None:
        raise AnjuError.of("files.subject", "没有指明文件属于哪一件事。", where="文件", advice="请从那件事的页面上传。")
    return found[1], int(found[2])


def require_any(subjects: Iterable[str], by: Actor) -> None:
    """Raise the first refusal unless one of these subjects may be opened; a file without subjects is open to its bureau."""
    refusal: AnjuError | None = None
    for subject in subjects:
        kind, number = parsed(subject)
        try:
            _guards.get(kind, _free)(number, by)
        except AnjuError as error:
            refusal = refusal or error
        else:
            return
    if refusal is not None:
        raise refusal


def _free(number: int, by: Actor) -> None:
    """No guard: the data scope and `files.view` are enough."""
