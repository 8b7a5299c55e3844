"""Which bureau a command speaks for."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from anju.kernel.access.actor import Actor
from anju.kernel.errors import AnjuError

if TYPE_CHECKING:
    from anju.kernel.orgs.models import Bureau

REMEMBERED = "bureau"


def remember_bureau(code: str) -> None:
    """Make this the installation's own bureau, used when a command names none."""
    from anju.kernel.database.home import home_dir

    (home_dir() / REMEMBERED).write_text(code, encoding="utf-8")


def chosen_bureau(code: str | None) -> Bureau:
    """The bureau named, of ANJU_BUREAU, remembered, or the only one. Raises AnjuError listing the choices."""
    from anju.kernel.access.scope import Scope, using_scope
    from anju.kernel.database.home import home_dir
    from anju.kernel.orgs.models import Bureau

    note = Path(home_dir() / REMEMBERED)
    wanted = code or os.environ.get("ANJU_BUREAU") or (note.read_text(encoding="utf-8").strip() if note.exists() else None)
    with using_scope(Scope.system()):
        bureaus = list(Bureau.objects.order_by("code"))
    if wanted is None and len(bureaus) == 1:
        return bureaus[0]
    for bureau in bureaus:
        if bureau.code == wanted:
            return bureau
    choices = (
        "、".join(f"{bureau.code}（{bureau.name}）" for bureau in bureaus)
        or "还没有任何单位，请先运行 anju setup（本单位）或 anju demo（示例）"
    )
    what = "没有指明单位。" if wanted is None else f"没有代码为“{wanted}”的单位。"
    raise AnjuError.of("site.which_bureau", what, where="--bureau", advice=f"可选：{choices}。")


def bureau_actor(code: str | None) -> Actor:
    """The administrator at the machine, writing for one bureau."""
    bureau = chosen_bureau(code)
    return replace(Actor.system("命令行"), bureau_id=bureau.pk, region_code=bureau.region_id)
