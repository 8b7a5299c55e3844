"""What the market's verbs and tables are called on pages."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from anju.domains.market import queries, sections
from anju.domains.property.board import add_details
from anju.domains.property.public import add_public_prices
from anju.domains.property.sections import add_project_section, add_unit_section
from anju.ui.navigation import Desk, add_desks
from anju.ui.open_pages import Door, add_doors
from anju.ui.words import add_words


def bring() -> None:
    """Called once when the house is assembled."""
    add_desks(
        [
            Desk("market", _("销售许可"), "market-permits", "clipboard-document-check", "market.view"),
            Desk("market", _("网签合同"), "market-contracts", "document-text", "market.view"),
            Desk("market", _("存量房"), "market-resales", "home-modern", "market.view"),
            Desk("market", _("房屋证明"), "market-certificates", "identification", "market.certify"),
            Desk("market", _("市场月报"), "market-bulletin", "chart-bar", "market.view"),
        ]
    )
    add_doors([Door(_("房屋证明验证"), _("核对房屋证明的真伪和有效期，须有证明上的编号和验证码。"), "open-certificate", "check-badge")])
    add_unit_section(sections.of_unit)
    add_project_section(sections.of_project)
    add_details(queries.price_words)
    add_public_prices(queries.price_words)
    add_words(
        verbs={
            "market.add_developer": _("登记开发企业"),
            "market.suspend_developer": _("暂停企业网签"),
            "market.resume_developer": _("恢复企业网签"),
            "market.authorise_operator": _("授权网签操作员"),
            "market.end_operator": _("终止操作员授权"),
            "market.apply_for_permit": _("受理销售许可"),
            "market.issue_permit": _("核发销售许可"),
            "market.refuse_permit": _("不予许可"),
            "market.end_permit": _("终止销售许可"),
            "market.file_prices": _("价格备案"),
            "market.reserve_unit": _("认购"),
            "market.release_reservation": _("退订"),
            "market.sign_contract": _("网签"),
            "market.file_contract": _("合同备案"),
            "market.register_title": _("登记办证"),
            "market.change_contract": _("合同变更备案"),
            "market.cancel_contract": _("注销合同"),
            "market.enter_eligibility": _("登记购房资格"),
            "market.issue_certificate": _("开具房屋证明"),
            "market.void_certificate": _("作废房屋证明"),
            "market.check_house": _("房源核验"),
            "market.end_house_check": _("终止房源核验"),
            "market.sign_resale": _("存量房网签"),
            "market.file_resale": _("存量房合同备案"),
            "market.register_resale": _("存量房过户"),
            "market.cancel_resale": _("撤销存量房合同"),
        },
        pages={
            "market_permit": "market-permit",
            "market_contract": "market-contract",
            "market_resalecontract": "market-resale",
            "market_certificate": "market-certificate",
        },
        kinds={
            "market_permit": _("销售许可"),
            "market_contract": _("网签合同"),
            "market_developer": _("开发企业"),
            "market_resalecontract": _("存量房合同"),
            "market_housecheck": _("房源核验"),
            "market_certificate": _("房屋证明"),
        },
        tables={
            "market_certificate": _("房屋证明"),
            "market_housecheck": _("房源核验"),
            "market_resalecontract": _("存量房合同"),
            "market_developer": _("开发企业"),
            "market_operator": _("网签操作员"),
            "market_permit": _("销售许可"),
            "market_permitunit": _("许可户室"),
            "market_filedprice": _("备案价格"),
            "market_eligibility": _("购房资格"),
            "market_contract": _("网签合同"),
            "market_cobuyer": _("共同买受人"),
            "market_instalment": _("分期"),
            "market_contractchange": _("合同变更"),
        },
        data={"number": _("编号"), "contract": _("合同"), "unit": _("户室"), "permit": _("许可"), "reason": _("原因")},
    )
