"""Slips of official style in the printed text (GB/T 9704-2012, GB/T 15835-2011; domain facts section 6, invariants 58, 59, 84)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from anju.kernel.reports.built import Block, Finding, Severity
from anju.kernel.reports.language.nodes import Text
from anju.kernel.reports.language.walking import words
from anju.kernel.reports.template import Template


@dataclass(frozen=True, slots=True)
class Slip:
    """A pattern in printed text that official style does not allow."""

    rule: str
    severity: Severity
    pattern: re.Pattern[str]
    what: str
    advice: str


SLIPS = (
    Slip("masked", "error", re.compile(r"[*＊]+"), "还有没填的“*”", "请填上数字，或删去这一句。"),
    Slip(
        "cut_off",
        "warning",
        re.compile(r"截止(?:到|至)?(?=[\d一二三四五六七八九十〇本上目今年月底{])"),
        "“截止”后面不能接时间",
        "请写“截至”。",
    ),
    Slip(
        "rough", "warning", re.compile(r"(?<![\d.])\d*(?:[1-9]|\d\.\d+)余"), "“余”前面应是整数十、百、千", "请写精确数，或用“|余”格式取整。"
    ),
    Slip(
        "rough_twice",
        "warning",
        re.compile(r"(?:约|近)[\d.]+\w{0,2}(?:余|多|左右|以上)"),
        "约数词用了两次",
        "约、近、余、多、左右只用一个。",
    ),
    Slip(
        "document_number",
        "warning",
        re.compile(r"[【\[［(（](?:19|20)\d{2}[】\]］)）](?=第?\d+号)"),
        "发文字号的年份应用六角括号",
        "请写成〔2023〕。",
    ),
    Slip("document_number", "warning", re.compile(r"〔\d{4}〕(?:第|0)\d*号?"), "发文字号的序号不加“第”、不编虚位", "请写成〔2023〕7号。"),
    Slip("percent", "note", re.compile(r"(?<![\d.])[\d.]+％"), "百分号用了全角", "请写半角的%。"),
    Slip("growth_sign", "error", re.compile(r"(?:上升|增长|下降|降低|减少)-\d"), "升降的词后面又有负号", "请去掉负号。"),
    Slip("leading_zero", "warning", re.compile(r"年0\d月|月0\d日"), "日期编了虚位", "请写成2023年7月5日。"),
)
_PERIODS = re.compile(
    r"截[至止]目前|截[至止][^，。；{]{0,6}月底|20\d\d年(?:上半年|下半年|第?[一二三四]季度|度)|(?<!\d年)(?:今年)?[上下]半年"
)
_HEADING = re.compile(r"[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[）)]|\d+[.．]")
_CLAIMS = re.compile(r"(?<![占对])全部|全覆盖|清零|应[\u4e00-\u9fff]尽[\u4e00-\u9fff]|100%")


def check_text(blocks: Sequence[Block]) -> Iterator[Finding]:
    """Slips in the printed paragraphs."""
    for number, block in enumerate(blocks, start=1):
        for slip in SLIPS:
            for match in slip.pattern.finditer(block.text):
                yield _finding(slip.rule, slip.severity, f"“{_around(block.text, match)}”：{slip.what}。", slip.advice, f"第{number}段")
    whole = "".join(block.text for block in blocks)
    if "㎡" in whole and "平方米" in whole:
        yield _finding("one_unit", "note", "正文里㎡和平方米混用。", "一份公文只用一种写法。", "")


def check_words(template: Template) -> Iterator[Finding]:
    """Period words and claims that a template writes out instead of deriving them."""
    for text in words(template.body):
        for match in _PERIODS.finditer(text.text):
            yield _finding(
                "period_word",
                "warning",
                f"模板里写死了“{match[0]}”，换一个报告期就错了。",
                "请用{期间}、{本期}或{期末}。",
                _place(template, text, match),
            )
    claimed = [relation.words for relation in template.relations if relation.kind == "claim"]
    for node in template.body:
        if not isinstance(node, Text):
            continue
        for match in _CLAIMS.finditer(node.text):
            around = _around(node.text, match)
            backed = any(match[0] in words and words in node.text for words in claimed)
            if not backed and not _in_heading(node.text, match):
                yield _finding(
                    "unbacked_claim", "note", f"“{around}”是对一个集合的判断，没有数字支持。",
                    "请写成条件句（如果 甲 = 乙），或在relations里写claim。", _place(template, node, match),
                )  # fmt: skip


def _in_heading(text: str, match: re.Match[str]) -> bool:
    """True inside a heading, which names the work (（一）住房保障应保尽保。) and does not count it."""
    line = text[text.rfind("\n", 0, match.start()) + 1 : match.start()].lstrip()
    return bool(_HEADING.match(line)) and "。" not in line


def _finding(rule: str, severity: Severity, message: str, advice: str, where: str) -> Finding:
    return Finding(f"reports.style.{rule}", severity, message, advice, where=where)


def _around(text: str, match: re.Match[str]) -> str:
    return text[max(0, match.start() - 6) : match.end() + 6].replace("\n", "")


def _place(template: Template, text: Text, match: re.Match[str]) -> str:
    before = text.text[: match.start()]
    line = text.place.line + before.count("\n")
    column = match.start() - before.rfind("\n") if "\n" in before else text.place.column + match.start()
    return f"{template.file}:{line}:{column}"
