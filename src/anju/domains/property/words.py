"""What the register's verbs, tables and pages are called."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from anju.ui.navigation import Desk, add_desks
from anju.ui.open_pages import Door, add_doors
from anju.ui.words import add_words


def bring() -> None:
    """Called once when the house is assembled."""
    add_desks([Desk("property", _("楼盘表"), "property-projects", "building-office-2", "property.view")])
    add_doors([Door(_("在售楼盘"), _("楼盘表和每套房屋的销售状态、备案价。"), "open-property", "building-office-2")])
    add_words(
        verbs={
            "property.register_project": _("登记项目"),
            "property.add_building": _("登记楼栋"),
            "property.take_survey": _("登记测绘成果"),
            "property.take_surveys": _("导入测绘成果"),
            "property.withhold": _("列为不可售"),
            "property.release": _("解除不可售"),
            "property.restrict": _("登记权利限制"),
            "property.lift_restriction": _("解除权利限制"),
            "property.record_consent": _("登记抵押权人同意"),
            "property.merge_units": _("户室合并"),
            "property.split_units": _("户室分割"),
        },
        kinds={"property_project": _("项目"), "property_building": _("幢"), "property_unit": _("户室")},
        tables={
            "property_project": _("项目"),
            "property_building": _("幢"),
            "property_unit": _("户室"),
            "property_restriction": _("权利限制"),
            "property_unitevent": _("户室阶段变化"),
            "property_lineage": _("户室沿革"),
            "property_survey": _("测绘成果"),
            "property_surveyedunit": _("测绘户室"),
        },
        pages={"property_project": "property-project", "property_building": "property-board", "property_unit": "property-unit"},
        data={"document": _("文书"), "kind": _("类别"), "count": _("户数"), "units": _("户室")},
    )
