"""Last year's Word file is dropped, read and mapped, three findings are handled; it is kept, built for another period and taken."""

from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

LAST_YEAR = """东原县房产服务中心2022年上半年工作情况报告
2022年上半年，东原县房产服务中心围绕住房保障和市场运行开展工作，现将情况报告如下。
一、主要工作
（一）房地产市场运行平稳。截止2022年6月底全县商品房销售2400套，建筑面积33.10万㎡，其中住宅销售2011套，建筑面积29.01万㎡；商品房销售额18.35亿元，同比上升3.20%；其中，住宅销售额14.31亿元，同比上升2.10%。商品住宅均价4410元/㎡。
（二）服务窗口有序运行。上半年开具房屋证明2996余份，开展窗口业务练兵6次，参加98人次。依据东政发【2016】13号文件兑现购房奖励。
（三）保交楼推进有力。已交付住宅420套，完成率102.00%。
二、下半年工作安排
继续做好各项工作。
"""


def last_years_file(folder: Path) -> Path:
    document = Document()
    for number, line in enumerate(LAST_YEAR.strip().split("\n")):
        paragraph = document.add_paragraph()
        half = len(line) // 2
        paragraph.add_run(line[:half]).bold = number == 0
        paragraph.add_run(line[half:])
    path = folder / "2022年上半年工作报告.docx"
    document.save(path)
    return path


def handle(page: Page, rule: str, reason: str) -> None:
    """Let the first finding of a rule stand, with a reason."""
    before = page.locator("#findings .note:has(.silencing)").count()
    note = page.locator("#findings .note", has_text=rule).filter(has=page.locator(".silencing")).first
    note.locator(".silencing summary").click()
    note.locator("input[name=reason]").fill(reason)
    note.get_by_role("button", name="确定").click()
    expect(page.locator("#findings .note:has(.silencing)")).to_have_count(before - 1)


def test_a_word_file_becomes_a_template_that_fills_itself(open_page: Callable[..., Page], tmp_path: Path) -> None:
    page = open_page()
    page.goto("/reports/read/")
    page.set_input_files("#file", str(last_years_file(tmp_path)))
    page.get_by_role("button", name="读", exact=True).click()
    expect(page.locator(".paper h1")).to_contain_text("2022年上半年工作情况报告")
    expect(page.locator(".fig", has_text="2400套")).to_be_visible()
    expect(page.locator("#findings")).to_contain_text("余")

    page.locator(".fig", has_text="18.35亿元").click()
    drawer = page.locator("#drawer-body")
    expect(drawer.get_by_text("商品房销售额").first).to_be_visible()
    expect(drawer.get_by_text("与系统并排")).to_be_visible()
    page.keyboard.press("Escape")

    page.get_by_role("button", name="个可能的对应").click()
    expect(page.get_by_text("个数字的指标")).to_be_visible()
    expect(page.locator(".fig.likely")).to_have_count(0)

    page.locator(".fig", has_text="2996余份").click()
    drawer.locator("label", has_text="开具房屋证明份数").locator("input").check()
    drawer.get_by_role("button", name="确定").click()
    expect(page.get_by_text("已记住")).to_be_visible()

    for rule, reason in (("截止", "原稿如此，本次不改"), ("发文字号", "文号已与原文核对"), ("余", "窗口统计口径，含补开")):
        handle(page, rule, reason)
    expect(page.get_by_text("已说明", exact=False).first).to_be_visible()

    with page.expect_download() as taken:
        page.get_by_role("link", name="下载批注稿").click()
    annotated = Document(taken.value.path())
    assert annotated.paragraphs[0].text == LAST_YEAR.split("\n")[0]
    assert list(annotated.comments)

    page.locator("summary", has_text="存为模板").click()
    page.locator("input[name=name]").fill("half_year_read")
    page.get_by_role("button", name="存为模板").click()
    expect(page.locator(".paper h1")).to_contain_text("2023年上半年")
    expect(page.locator(".paper")).to_contain_text("全县商品房销售2531套")
    expect(page.locator(".paper")).to_contain_text("商品房销售额18.48亿元，同比上升0.71%")

    page.locator("summary", has_text="定稿").click()
    page.get_by_role("button", name="确认定稿").click()
    with page.expect_download() as built:
        page.get_by_role("link", name="DOCX").first.click()
    words = "\n".join(paragraph.text for paragraph in Document(built.value.path()).paragraphs)
    assert "商品房销售2531套" in words
    assert "18.48亿元" in words


def test_a_broken_file_is_refused_with_advice(open_page: Callable[..., Page], tmp_path: Path) -> None:
    page = open_page()
    page.goto("/reports/read/")
    broken = tmp_path / "坏.docx"
    broken.write_bytes(b"PK\x03\x04 not a zip")
    page.set_input_files("#file", str(broken))
    page.get_by_role("button", name="读", exact=True).click()
    expect(page.get_by_text("已损坏")).to_be_visible()
    expect(page.get_by_text("另存为")).to_be_visible()


def test_pasted_words_are_read_on_a_phone(open_page: Callable[..., Page]) -> None:
    page = open_page(phone=True)
    page.goto("/reports/read/")
    page.locator(".pasting summary").click()
    page.locator("#words").fill("2023年上半年，全县完成危房改造120户，开工率98.5%。")
    page.get_by_role("button", name="读", exact=True).click()
    expect(page.locator(".fig", has_text="120户")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
