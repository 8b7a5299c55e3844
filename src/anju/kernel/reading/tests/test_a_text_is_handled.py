"""Handing in, deciding, silencing and keeping a template are journaled actions within the bureau's scope."""

from pathlib import Path

import pytest

from anju.kernel.access.scope import Scope, using_scope
from anju.kernel.errors import AnjuError, Forbidden
from anju.kernel.journal.models import Change, Entry
from anju.kernel.reading import actions
from anju.kernel.reading.models import ReadText
from anju.kernel.reading.queries import content_of, opened, texts
from anju.kernel.reading.tests.conftest import Office
from anju.kernel.reports import catalogue

WORDS = "2023年上半年，全县商品房销售2531套，建筑面积35.52万㎡，依据东政发【2016】13号文件兑现奖励。"


def handed_in(office: Office, words: str = WORDS) -> ReadText:
    return actions.hand_in(words.encode(), "报告.txt", by=office.by)


def test_a_text_is_kept_and_read_again(office: Office) -> None:
    row = handed_in(office)
    view = opened(row.pk, by=office.by)
    assert [figure.text for figure in view.reading.figures] == ["2531套", "35.52万㎡"]
    assert (row.figures, row.period) == (2, "2023H1")
    assert content_of(row.pk, by=office.by) == WORDS.encode()
    assert [each.pk for each in texts(by=office.by)] == [row.pk]


def test_the_journal_has_the_entry_and_never_the_words(office: Office) -> None:
    row = handed_in(office)
    with using_scope(Scope.system()):
        entry = Entry.objects.get(verb="reading.hand_in")
        assert entry.subject == f"reading_readtext:{row.pk}"
        image = Change.objects.get(entry_id=entry.pk, table="reading_readtext")
        assert "2531" not in str(image.after)


def test_another_bureau_does_not_see_it(office: Office) -> None:
    row = handed_in(office)
    with pytest.raises(AnjuError, match="没有第"):
        opened(row.pk, by=office.neighbour)
    assert texts(by=office.neighbour) == []


def test_one_who_may_not_build_may_look_and_nothing_else(office: Office) -> None:
    row = handed_in(office)
    assert opened(row.pk, by=office.clerk).row == row
    with pytest.raises(Forbidden):
        actions.decide(row.pk, 0, "", by=office.clerk)


def test_the_same_key_hands_in_once(office: Office) -> None:
    first = actions.hand_in(WORDS.encode(), "报告.txt", key="k1", by=office.by)
    assert actions.hand_in(WORDS.encode(), "报告.txt", key="k1", by=office.by).pk == first.pk


def test_what_was_decided_is_known_in_the_next_text(office: Office) -> None:
    row = handed_in(office)
    start = WORDS.index("2531")
    actions.decide(row.pk, start, "market.new_homes.sold_units", by=office.by)
    following = handed_in(office, WORDS.replace("2023", "2024").replace("2531", "2677"))
    choice = opened(following.pk, by=office.by).choices[0]
    assert (choice.state, choice.reference) == ("remembered", "market.new_homes.sold_units")
    mine = actions.hand_in(WORDS.encode(), "邻县.txt", by=office.neighbour)
    assert opened(mine.pk, by=office.neighbour).choices[0].state == "likely"


def test_an_indicator_of_another_kind_is_refused(office: Office) -> None:
    row = handed_in(office)
    with pytest.raises(AnjuError, match="不是同一类量"):
        actions.decide(row.pk, WORDS.index("2531"), "market.new_homes.sold_area", by=office.by)
    with pytest.raises(AnjuError, match="没有数字"):
        actions.decide(row.pk, 1, "market.new_homes.sold_units", by=office.by)


def test_a_finding_is_silenced_with_a_reason_and_comes_back(office: Office) -> None:
    row = handed_in(office)
    (finding,) = [each for each in opened(row.pk, by=office.by).findings if each.rule == "style_docnumber"]
    with pytest.raises(AnjuError, match="理由"):
        actions.silence(row.pk, finding.fingerprint, "好", by=office.by)
    actions.silence(row.pk, finding.fingerprint, "原件如此印制", by=office.by)
    assert finding not in opened(row.pk, by=office.by).sifted.standing
    actions.unsilence(row.pk, finding.fingerprint, by=office.by)
    assert finding in opened(row.pk, by=office.by).sifted.standing


def test_a_template_is_kept_with_the_office(office: Office, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("ANJU_HOME", str(tmp_path))
    row = handed_in(office)
    with pytest.raises(AnjuError, match="不能做模板的名称"):
        actions.save_template(row.pk, "../x", by=office.by)
    with pytest.raises(AnjuError, match="系统自带"):
        actions.save_template(row.pk, "half_year", by=office.by)
    actions.save_template(row.pk, "read_2023", by=office.by)
    assert "{market.new_homes.sold_units}" in (tmp_path / "templates" / "read_2023.txt").read_text(encoding="utf-8")
    assert catalogue.template("read_2023").periods == ("half",)
    assert opened(row.pk, by=office.by).row.template == "read_2023"


def test_growth_is_held_against_the_paper_of_the_year_before(office: Office) -> None:
    before = "2022年上半年，全县商品房销售2000套。"
    now = "2023年上半年，全县商品房销售2531套，同比增长{}%。"
    wrong = actions.hand_in(now.format("12.0").encode(), "今年.txt", by=office.by)
    assert [finding.rule for finding in opened(wrong.pk, by=office.by).findings] == []
    actions.hand_in(before.encode(), "去年.txt", by=office.by)
    (finding,) = opened(wrong.pk, by=office.by).findings
    assert (finding.rule, finding.severity) == ("published_base", "warning")
    assert "“去年.txt”印的却是2000套" in finding.message
    right = actions.hand_in(now.format("26.6").encode(), "今年.txt", by=office.by)
    assert opened(right.pk, by=office.by).findings == ()
    actions.silence(wrong.pk, finding.fingerprint, "上年数已修订", by=office.by)
    assert opened(wrong.pk, by=office.by).sifted.standing == ()
