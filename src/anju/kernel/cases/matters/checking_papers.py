"""Materials are asked for by somebody, in time, and a promise can be kept."""

from __future__ import annotations

from anju.kernel.cases.matters.declaration import Matter
from anju.kernel.cases.matters.limits import longer
from anju.kernel.declarations.entries import Entry


def check_papers(matter: Matter, entry: Entry) -> None:
    """Note materials nobody ever asks for, promises that outlive the case, and conditions on papers nobody needs."""
    for one in matter.materials:
        path = ("materials", one.code)
        stage = matter.by_stage.get(one.at)
        if stage is None:
            advice = "没有受理阶段的事项要写 at: 阶段。" if one.at == "accept" else "请核对 at。"
            entry.complain(f"材料“{one.title}”没有任何环节要它。", advice, *path)
        elif stage.by_forward or stage.when:
            entry.complain(f"材料“{one.title}”只在不一定走到的“{stage.title}”要，可能永远没人要。", "请改 at。", *path)
        if one.when and not one.required:
            entry.complain(f"材料“{one.title}”写了条件却不是必需的。", "有条件的材料写 required: true，或去掉 when。", *path)
        if one.may_follow is not None:
            if not one.required:
                entry.complain(f"材料“{one.title}”本来就可以不交，不需要容缺。", "请去掉 may_follow。", *path, "may_follow")
            if matter.clock is not None and longer(one.may_follow, matter.clock.limit):
                advice = "补齐期限必须落在办理时限之内（housing 容缺规则 1.5.6）。"
                entry.complain(f"材料“{one.title}”补齐的期限长于办理时限。", advice, *path, "may_follow")
