"""Fields for tests, written as in a declaration."""

from __future__ import annotations

from decimal import Decimal

from anju.kernel.ledgers.declaration import Field

AMOUNT = Field("amount", "合同金额", "money", unit="元", min=Decimal(0))
WAN = Field("loan", "借款金额", "money", unit="万元")
AREA = Field("area", "建筑面积", "area", unit="㎡")
LAND = Field("land", "土地面积", "area", unit="亩")
PERSONS = Field("persons", "培训人次", "integer", unit="人次", min=Decimal(1), max=Decimal(5000))
MONTHS = Field("months", "月数", "integer")
PRICE = Field("price", "单价", "decimal", unit="元/㎡", places=2)
DAY = Field("filed_on", "备案日期", "date")
MONTH = Field("month", "月份", "month")
STATE = Field("state", "状态", "choice", choices={"filed": "已备案", "paid": "已发放"})
TEXT = Field("room", "房号", "text", max=Decimal(20))
FIRM = Field("firm", "开发企业", "organisation")
PERSON = Field("person", "身份证号", "resident_id")
CODE = Field("code", "信用代码", "credit_code")
PHONE = Field("phone", "联系电话", "phone")
CARD = Field("card", "银行卡号", "bank_card")
UNIT_CODE = Field("unit_code", "不动产单元代码", "unit_code")
PROJECT = Field("project", "项目代码", "project_code")
DOCUMENT = Field("document", "文号", "document_no")
REGION = Field("region", "区划", "region")
PAPER = Field("paper", "附件", "file", accept=("pdf",))

EVERY = (
    AMOUNT,
    WAN,
    AREA,
    LAND,
    PERSONS,
    MONTHS,
    PRICE,
    DAY,
    MONTH,
    STATE,
    TEXT,
    FIRM,
    PERSON,
    CODE,
    PHONE,
    CARD,
    UNIT_CODE,
    PROJECT,
    DOCUMENT,
    REGION,
    PAPER,
)
