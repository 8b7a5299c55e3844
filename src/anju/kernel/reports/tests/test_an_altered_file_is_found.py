"""Every figure somebody altered in the finished file is named; a file merely saved again passes."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from anju.kernel.errors import AnjuError, Forbidden
from anju.kernel.reports.built import Built
from anju.kernel.reports.docx import write_docx
from anju.kernel.reports.freezing import freeze
from anju.kernel.reports.pdf import resave_docx
from anju.kernel.reports.tests.conftest import County
from anju.kernel.reports.verify import VerifyResult, verify

BODY = """全县销售{sample.count}，销售额{sample.amount|万元}，均价{sample.price}。
自2013年起，其中住宅{sample.homes}，住宅占比{sample.home_rate}。
"""


def edited(source: Path, part: str, change: Callable[[str], str]) -> Path:
    """A copy of a document with one part changed, as somebody with an editor would."""
    target = source.with_name(f"edited-{source.name}")
    with zipfile.ZipFile(source) as before, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            data = before.read(name)
            if re.fullmatch(part, name):
                text = data.decode()
                assert change(text) != text, "the edit found nothing to change"
                data = change(text).encode()
            after.writestr(name, data)
    return target


def in_text(source: Path, old: str, new: str) -> Path:
    return edited(source, r"word/document\.xml", lambda xml: xml.replace(old, new, 1))


def in_map(source: Path, old: str, new: str) -> Path:
    return edited(source, r"customXml/anjuEvidence\.xml", lambda xml: xml.replace(old, new))


@pytest.fixture(scope="module")
def frozen(county_to_read: County) -> Built:
    return freeze(county_to_read.report(BODY), by=county_to_read.by)


@pytest.fixture
def file(frozen: Built, tmp_path: Path) -> Path:
    path = tmp_path / "report.docx"
    write_docx(frozen, path)
    return path


def kinds(result: VerifyResult) -> list[tuple[str, str]]:
    return [(found.kind, found.figure.name if found.figure else "") for found in result.alterations]


def test_an_untouched_file_passes(county_to_read: County, frozen: Built, file: Path) -> None:
    county_to_read.sell(7, on="2023-06-30")  # later records do not matter: the figures stand on their snapshot
    result = verify(file, by=county_to_read.by)
    assert (result.ok, result.checked, result.frozen, result.notes) == (True, 5, frozen.frozen, ())


@pytest.mark.office
def test_a_file_saved_again_by_libreoffice_passes_and_an_altered_one_does_not(county_to_read: County, file: Path, tmp_path: Path) -> None:
    again, altered = tmp_path / "again.docx", tmp_path / "altered.docx"
    resave_docx(file, again)
    assert verify(again, by=county_to_read.by).alterations == ()
    resave_docx(in_text(file, "200.00万元", "260.00万元"), altered)
    assert kinds(verify(altered, by=county_to_read.by)) == [("figure_changed", "销售额")]


def test_a_changed_figure_is_named(county_to_read: County, file: Path) -> None:
    result = verify(in_text(file, "4套", "5套"), by=county_to_read.by)
    assert kinds(result) == [("figure_changed", "销售套数")]
    (found,) = result.alterations
    assert (found.expected, found.found, found.where) == ("4套", "5套", "第3段")
    assert "销售套数应是4套，被改成了5套" in str(found)


def test_every_changed_figure_is_named(county_to_read: County, file: Path) -> None:
    result = verify(in_text(in_text(file, "4套", "40套"), "75.00%", "95.00%"), by=county_to_read.by)
    assert kinds(result) == [("figure_changed", "销售套数"), ("figure_changed", "住宅占比")]


def test_digits_typed_against_a_figure_are_seen(county_to_read: County, file: Path) -> None:
    result = verify(in_text(file, "全县销售</w:t>", "全县销售1</w:t>"), by=county_to_read.by)
    assert kinds(result) == [("figure_changed", "销售套数")]


def test_a_bookmark_removed_is_named(county_to_read: County, file: Path) -> None:
    result = verify(
        edited(file, r"word/document\.xml", lambda xml: re.sub(r'<w:bookmarkStart [^>]*"anju_f001"/>', "", xml)), by=county_to_read.by
    )
    assert kinds(result) == [("bookmark_removed", "销售套数")]


def test_a_figure_and_its_bookmark_replaced_is_named(county_to_read: County, file: Path) -> None:
    def retyped(xml: str) -> str:
        return re.sub(r'<w:bookmarkStart [^>]*"anju_f001"/>', "", xml).replace("4套", "9套", 1)

    assert kinds(verify(edited(file, r"word/document\.xml", retyped), by=county_to_read.by)) == [("figure_changed", "销售套数")]


def test_a_deleted_figure_is_named(county_to_read: County, file: Path) -> None:
    def without(xml: str) -> str:
        return re.sub(r'<w:bookmarkStart [^>]*"anju_f004"/>.*?<w:bookmarkEnd [^>]*/>', "", xml)

    assert kinds(verify(edited(file, r"word/document\.xml", without), by=county_to_read.by)) == [("figure_removed", "住宅套数")]


def test_a_number_beside_the_figures_is_a_text_finding(county_to_read: County, file: Path) -> None:
    (found,) = verify(in_text(file, "自2013年起", "自2018年起"), by=county_to_read.by).alterations
    assert (found.kind, found.figure, found.where) == ("text_changed", None, "第4段")
    assert "槽位之外的数字“3”被改成了“8”" in found.message


def test_a_tracked_deletion_counts_as_deleted(county_to_read: County, file: Path) -> None:
    def tracked(xml: str) -> str:
        return re.sub(r"<w:r>((?:(?!</w:r>).)*)<w:t>4套</w:t></w:r>", r"<w:del><w:r>\1<w:delText>4套</w:delText></w:r></w:del>", xml)

    assert kinds(verify(edited(file, r"word/document\.xml", tracked), by=county_to_read.by)) == [("figure_removed", "销售套数")]


def test_text_and_map_changed_together_are_still_found(county_to_read: County, file: Path) -> None:
    both = in_map(in_text(file, "4套", "5套"), "4套", "5套")
    assert [found.kind for found in verify(both, by=county_to_read.by).alterations] == ["map_changed", "map_changed", "figure_changed"]


def test_a_map_taken_from_nowhere_is_not_ours(county_to_read: County, file: Path) -> None:
    result = verify(in_map(file, 'frozen="', 'frozen="99'), by=county_to_read.by)
    assert [found.kind for found in result.alterations] == ["map_changed", "not_ours"]


def test_a_draft_is_checked_against_its_sealed_map(county_to_read: County, tmp_path: Path) -> None:
    path = tmp_path / "draft.docx"
    draft = county_to_read.report(BODY)
    write_docx(draft, path)
    assert verify(path, by=county_to_read.by).ok
    assert kinds(verify(in_text(path, draft.figures[0].shown, "5套"), by=county_to_read.by)) == [("figure_changed", "销售套数")]


def test_a_file_without_a_map_is_refused(county_to_read: County, file: Path, tmp_path: Path) -> None:
    with pytest.raises(AnjuError, match=r"reports.verify.no_map"):
        verify(in_map(file, "urn:anju:report-evidence:1", "urn:other"), by=county_to_read.by)
    (tmp_path / "no.docx").write_bytes(b"no zip")
    with pytest.raises(AnjuError, match=r"reports.verify.not_a_docx"):
        verify(tmp_path / "no.docx", by=county_to_read.by)


def test_another_county_may_not_verify_it(county_to_read: County, file: Path) -> None:
    with pytest.raises(Forbidden):
        verify(file, by=county_to_read.neighbour)


def test_bookmarks_of_others_do_not_disturb(county_to_read: County, file: Path) -> None:
    def marked(xml: str) -> str:
        begin, end = '<w:bookmarkStart w:id="{0}" w:name="{1}"/>', '<w:bookmarkEnd w:id="{0}"/>'
        inner = begin.format(901, "_GoBack") + end.format(901) + begin.format(902, "mine")
        return re.sub(r'(<w:bookmarkStart [^>]*"anju_f001"/>)', rf"\1{inner}", xml)

    assert verify(edited(file, r"word/document\.xml", marked), by=county_to_read.by).ok
