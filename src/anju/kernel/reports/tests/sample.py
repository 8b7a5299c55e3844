"""A built report made by hand, for tests of what happens after building."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from anju.kernel.reports.built import Block, Built, PlacedFigure, Run

HAN = "全面贯彻落实党的各项方针政策坚持以人民为中心的发展思想扎实做好住房保障和房地产市场平稳健康发展各项工作"


def figure(bookmark: str, shown: str, **more: object) -> PlacedFigure:
    made = PlacedFigure(
        bookmark=bookmark,
        reference=f"market.{bookmark}",
        format="",
        key=f"market.{bookmark}",
        measure="value",
        name="示例指标",
        period="2023H1",
        region="990121",
        bureau_id=None,
        value="2531",
        unit="套",
        shown=shown,
        rows=2531,
        digest="ab" * 32,
        snapshot="1",
        version="1",
    )
    return replace(made, **more)  # type: ignore[arg-type]


def text(*runs: str | tuple[str, str], kind: str = "text", level: int = 0, lead: int = 0) -> Block:
    """A paragraph of words and (bookmark, words) pairs."""
    made = tuple(Run(run) if isinstance(run, str) else Run(run[1], run[0]) for run in runs)
    return Block(kind, made, level, lead)  # type: ignore[arg-type]


def sample_report(*, full_pages: int = 0) -> Built:
    """A short report with every kind of paragraph; `full_pages` paragraphs of Han text are added."""
    blocks = (
        text("东房〔2023〕7号", kind="number"),
        text("2023年上半年工作情况的报告", kind="title"),
        text("县委、县政府：", kind="addressee"),
        text("2023年上半年，县房产服务中心紧紧围绕县委工作大局，现将情况报告如下："),
        text("一、强化标准意识，提高工作成效", level=1, lead=1),
        text(
            "（一）房地产市场平稳健康发展。",
            "截至2023年6月底，全县商品房销售",
            ("anju_f001", "2531套"),
            "，建筑面积",
            ("anju_f002", "35.52万㎡"),
            "，商品房销售额",
            ("anju_f003", "18.48亿元"),
            "，",
            ("anju_f004", "同比上升0.71%"),
            "。“保交楼、稳民生”政策……",
            level=2,
            lead=1,
        ),
        text("1.建立台账。", "逐项登记，共", ("anju_f005", "364宗"), "。", level=3, lead=1),
        text("（1）按月核对。", level=4, lead=1),
        *(text(HAN * 12 + "。") for _ in range(full_pages)),
        text("附件：1.主要指标表", kind="attachment"),
        text("东原县房产服务中心", kind="signature"),
        text("2023年7月5日", kind="date"),
    )
    figures = tuple(figure(run.figure, run.text) for block in blocks for run in block.runs if run.figure)
    return Built(
        template="half_year",
        template_version=1,
        template_digest="cd" * 32,
        title="2023年上半年工作情况的报告",
        period="2023H1",
        period_label="2023年上半年",
        region="990121",
        region_name="东原县",
        bureau_id=None,
        bureau_name="东原县房产服务中心",
        dated=date(2023, 7, 5),
        snapshot="1",
        blocks=blocks,
        figures=figures,
    )
