"""How this part of the room refuses."""

from __future__ import annotations

from anju.kernel.access.actor import Actor
from anju.kernel.errors import AnjuError, Forbidden, Problem


def bureau_of(by: Actor) -> int:
    """The bureau whose books are written. Raises Forbidden without the permission or without a bureau."""
    by.require("ledgers.import")
    if by.bureau_id is None:
        raise Forbidden(
            Problem(
                code="ledgers.no_bureau",
                where="",
                what=f"{by.name}不属于任何单位，不能导入台账。",
                advice="请以本单位人员的身份登录，或在命令中指明单位。",
            )
        )
    return by.bureau_id


def unknown_batch(batch_id: int) -> AnjuError:
    """No such batch, or not for this reader."""
    return AnjuError.of("ledgers.unknown_batch", f"没有编号为 {batch_id} 的导入批次。", advice="它可能属于其他单位，请核对。")


def not_pending(state: str) -> AnjuError:
    """The batch is past confirming."""
    return AnjuError.of("ledgers.batch_not_pending", f"这个批次{state}，不能再确认。", advice="如要再次导入，请重新上传文件。")


def changed_since(count: int) -> AnjuError:
    """The ledger moved on between preparing and confirming."""
    return AnjuError.of(
        "ledgers.batch_out_of_date",
        f"预览之后台账有了变动：{count} 行与刚登记的同号记录内容不同。",
        advice="什么都没有导入。请重新上传文件，核对新的预览后再确认。",
    )


def needs_confirming(count: int) -> AnjuError:
    """Somebody must look at these rows first."""
    return AnjuError.of(
        "ledgers.needs_confirming", f"有 {count} 处提示还没有核对。", advice="请逐条看过提示，确认无误后勾选“已核对提示”再导入。"
    )


def needs_fixing(count: int) -> AnjuError:
    """Wrong rows stay out, and somebody must say so."""
    return AnjuError.of(
        "ledgers.needs_fixing",
        f"有 {count} 行须改正。",
        advice="请改正后重新上传；也可以先导入其余各行，把须改正的行下载成工作簿改好再导入。",
    )
