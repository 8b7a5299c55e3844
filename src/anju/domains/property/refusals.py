"""What the database refuses of the unit register, told as a person would."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import DatabaseError, connection

from anju.kernel.errors import AnjuError

_WORDS: dict[str, tuple[str, str]] = {
    "project_name_once": ("本单位已有同名项目。", "请核对项目名称，或在已有项目下登记楼栋。"),
    "project_code_once": ("该项目代码已登记在另一个项目下。", "请核对项目代码。"),
    "building_number_once": ("该项目已有同一幢号。", "请核对幢号。"),
    "unit_no_once": ("户室编号已被使用，注销后也不再使用。", "请换一个户室编号。"),
    "unit_once": ("同一幢、单元、楼层下已有这个室号。", "请核对室号；合并或分割请走“合并分割”。"),
    "property_unit_unit_code_key": ("不动产单元代码已属于另一个户室。", "请核对代码。"),
    "no_floor_zero": ("没有第0层。", "地下写负数，地上从1起。"),
    "unit_code_shape": ("不动产单元代码不合GB/T 37346。", "应为28位，第13、14位是宗地特征码，第20位是定着物特征码。"),
    "unit_code_on_parcel": ("不动产单元代码与项目的宗地代码不符。", "前19位应与项目的宗地代码相同。"),
    "unit_has_area": ("户室没有建筑面积。", "请填写预测或实测面积。"),
    "unit_predicted_adds_up": ("预测建筑面积不等于套内面积加分摊面积。", "请核对测绘成果。"),
    "unit_measured_adds_up": ("实测建筑面积不等于套内面积加分摊面积。", "请核对测绘成果。"),
    "withheld_is_not_sold": ("列为不可售类别的户室不能进入销售。", "请先解除不可售类别。"),
    "reservation_has_holder_and_end": ("认购必须有认购人和到期时间。", "请填写认购人和到期时间。"),
    "illegal_transition": ("户室当前的阶段不允许这项操作。", "请刷新后核对户室状态。"),
    "unit_blocked": ("户室有查封、异议或行政限制，不能办理。", "请先核对并解除限制。"),
    "unit_is_gone": ("户室已注销，不能再变动。", "请在合并或分割后的户室上办理。"),
    "unit_still_bound": ("户室有认购、合同或权利限制，不能注销。", "请先办结认购、合同并解除限制。"),
    "unit_begins_initial": ("新户室只能从“初始”开始。", "请先建户室，再办理许可和销售。"),
    "survey_once": ("该楼栋已登记过同一编号的测绘成果。", "请核对成果编号。"),
    "survey_adds_up": ("测绘成果的户室与总面积对不上。", "各户面积之和应等于总面积，误差不超过户数×0.01㎡。"),
    "reshaping_keeps_the_area": ("合并或分割前后面积不相等。", "请核对各户面积。"),
    "old_units_are_closed": ("合并或分割后原户室没有注销。", "请一并注销原户室。"),
    "restriction_once": ("该户室已登记同一文书的限制。", "请核对文书号。"),
    "restriction_has_document": ("限制必须有机关和文书号。", "请填写机关和文书号。"),
    "lifting_has_document": ("解除限制必须有文书号，且不早于登记日期。", "请填写解除文书号和日期。"),
    "restriction_is_only_lifted": ("限制只能解除，不能修改，也不能重复解除。", "请刷新后核对。"),
}


@contextmanager
def told_clearly() -> Iterator[None]:
    """Turn a refusal of the database inside the block into an AnjuError `property.<constraint>`; anything else passes."""
    try:
        yield
    except DatabaseError as error:
        diagnosis: Any = getattr(error.__cause__, "diag", None)
        name = getattr(diagnosis, "constraint_name", None) or ""
        if name not in _WORDS:
            raise
        what, advice = _WORDS[name]
        message = (getattr(diagnosis, "message_primary", "") or "").partition(": ")[2]
        raise AnjuError.of(f"property.{name}", what, where=message if name in _TELLING else "", advice=advice) from error


_TELLING = frozenset({"unit_blocked", "unit_is_gone", "unit_still_bound"})
"""Refusals whose message names the unit."""


def check_now(constraint: str) -> None:
    """Let a deferred constraint speak now and not at the end of the transaction. `constraint`: a name of ours, never input."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET CONSTRAINTS {constraint} IMMEDIATE; SET CONSTRAINTS {constraint} DEFERRED")
