"""政策文件台账: the documents that purchase rewards and subsidies stand on. Issuers are made up."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date

from anju.site.demo.books.shelf import CENTER, Book, Shelf
from anju.site.demo.paper import Sheet, day, text

LEDGER = "policy_document"


@dataclass(frozen=True, slots=True)
class Policy:
    """A document and the days it was in force, both included."""

    document_no: str
    title: str
    issuer: str
    issued_on: date
    effective_from: date
    effective_to: date


THIRTEENTH = Policy(
    "东发〔2013〕14号",
    "关于鼓励全县农村居民和外来人口进城就业创业的实施意见",
    "中共东原县委（示例）",
    date(2013, 10, 12),
    date(2013, 10, 13),
    date(2015, 12, 31),
)
SECOND = Policy(
    "东政发〔2016〕13号",
    "关于鼓励全县农村居民和外来人口进城购房扩大住房消费的实施意见",
    "东原县人民政府（示例）",
    date(2016, 5, 20),
    date(2016, 1, 1),
    date(2017, 12, 31),
)
OTHERS = (
    Policy(
        "东住保〔2021〕6号",
        "东原县城镇住房租赁补贴实施办法",
        "东原县房产服务中心（示例）",
        date(2021, 11, 8),
        date(2022, 1, 1),
        date(2026, 12, 31),
    ),
    Policy(
        "东人才〔2021〕9号",
        "东原县高层次人才购房补贴办法",
        "东原县人才工作办公室（示例）",
        date(2021, 12, 3),
        date(2022, 1, 1),
        date(2024, 12, 31),
    ),
    Policy(
        "东房发〔2022〕11号",
        "东原县商品房预售资金监督管理细则",
        "东原县房产服务中心（示例）",
        date(2022, 2, 25),
        date(2022, 3, 1),
        date(2027, 2, 28),
    ),
)


def make(shelf: Shelf) -> list[Book]:
    """One small workbook."""
    sheet = Sheet(
        name="政策文件",
        title="东原县房产服务中心政策文件台账",
        columns=(
            text("发文字号", "document_no", width=22),
            text("文件名称", "title", width=60),
            text("发文机关", "issuer", width=30),
            day("印发日期", "issued_on", style="chinese"),
            day("起始日期", "effective_from", group="执行期限", style="chinese"),
            day("终止日期", "effective_to", group="执行期限", style="chinese"),
        ),
        rows=[asdict(policy) for policy in (THIRTEENTH, SECOND, *OTHERS)],
        filled_by=CENTER,
        total=False,
    )
    return [shelf.xlsx(LEDGER, "政策文件台账", [sheet])]
