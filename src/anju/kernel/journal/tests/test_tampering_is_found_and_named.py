"""Every way to falsify a sealed journal or the rows it speaks of, done as superuser with triggers off."""

from __future__ import annotations

import datetime
import json

import pytest
from django.db import connection

from anju.kernel.access.actor import Actor
from anju.kernel.access.scope import Scope, using_scope
from anju.kernel.journal.actions import action
from anju.kernel.journal.header import header_hash
from anju.kernel.journal.merkle import leaf_hash, root
from anju.kernel.journal.models import Block
from anju.kernel.journal.roots import roots_file
from anju.kernel.journal.sealing import seal
from anju.kernel.journal.tests.conftest import Tamper
from anju.kernel.journal.tests.history import add_region, change_of, codes, entry_of, found, rename_region
from anju.kernel.journal.verifying import verify
from anju.kernel.orgs.models import Region, User

DAY = datetime.date(2020, 1, 1)


def test_an_honest_history_is_whole(history: str) -> None:
    assert verify() == []


def test_an_edited_entry(history: str, tamper: Tamper) -> None:
    entry = entry_of("96")
    tamper("UPDATE journal_entry SET actor_name = '别人' WHERE id = %s", entry.pk)
    assert found() == {("journal.row_edited", f"动作 {entry.pk}")}


def test_an_edited_image_with_the_row_brought_into_line(history: str, tamper: Tamper) -> None:
    change = change_of("97")
    tamper("UPDATE journal_change SET after = jsonb_set(after, '{name}', '\"假\"') WHERE id = %s", change.pk)
    tamper("UPDATE orgs_region SET name = '假' WHERE code = '97'")
    assert found() == {("journal.row_edited", f"变更 {change.pk}（orgs_region:97）")}


def test_a_removed_entry(history: str, tamper: Tamper) -> None:
    entry, change = entry_of("97"), change_of("97")
    tamper("DELETE FROM journal_entry WHERE id = %s", entry.pk)
    assert ("journal.row_removed", f"动作 {entry.pk}") in found()
    assert ("journal.entry_missing", f"变更 {change.pk}（orgs_region:97）") in found()


def test_a_removed_change(history: str, tamper: Tamper) -> None:
    change = change_of("97")
    tamper("DELETE FROM journal_change WHERE id = %s", change.pk)
    assert ("journal.row_removed", f"变更 {change.pk}（事务 {change.transaction}）") in found()
    assert ("journal.row_without_image", "orgs_region:97") in found()


def test_an_entry_slipped_in_among_sealed_ones(history: str, tamper: Tamper) -> None:
    entry = entry_of("97")
    tamper(
        "INSERT INTO journal_entry (id, transaction, at, verb, actor_name, region_code, subject, reason, data)"
        " SELECT 999999, transaction, at, verb, actor_name, region_code, subject, reason, data FROM journal_entry WHERE id = %s",
        entry.pk,
    )
    assert found() == {("journal.row_inserted", "动作 999999")}


def test_a_row_slipped_in_behind_the_last_sealed_one(history: str, tamper: Tamper) -> None:
    last = Block.objects.latest("number")
    tamper(
        "INSERT INTO journal_entry (id, transaction, at, verb, actor_name, region_code, subject, reason, data)"
        " VALUES (999998, %s, now(), 'orgs.forged', '别人', '', '', '', '{}')",
        last.until[0] - 1,
    )
    assert ("journal.row_inserted", "动作 999998") in found()


def test_two_entries_exchanged(history: str, tamper: Tamper) -> None:
    first, second = entry_of("96"), entry_of("97")
    for old, new in ((first.pk, 999999), (second.pk, first.pk), (999999, second.pk)):
        tamper("UPDATE journal_entry SET id = %s WHERE id = %s", new, old)
    assert {code for code, _ in found()} >= {"journal.row_removed", "journal.row_inserted"}


def test_leaves_of_a_block_exchanged(history: str, tamper: Tamper) -> None:
    tamper("UPDATE journal_block SET leaves = substr(leaves, 33, 32) || substr(leaves, 1, 32) || substr(leaves, 65) WHERE number = 1")
    assert ("journal.block_edited", "封存块 1") in found()


def test_positions_of_a_block_exchanged(history: str, tamper: Tamper) -> None:
    tamper("UPDATE journal_block SET keys = substr(keys, 18, 17) || substr(keys, 1, 17) || substr(keys, 35) WHERE number = 1")
    assert ("journal.block_edited", "封存块 1") in found()


def test_a_removed_block(history: str, tamper: Tamper) -> None:
    add_region("95")
    seal()
    tamper("DELETE FROM journal_block WHERE number = 1")
    assert ("journal.block_missing", "封存块 1") in found()
    tamper("DELETE FROM journal_block")
    assert codes() == {"journal.block_missing"}


def test_a_block_header_changed(history: str, tamper: Tamper) -> None:
    tamper("UPDATE journal_block SET sealed_at = sealed_at - interval '1 day' WHERE number = 1")
    assert found() == {("journal.block_edited", "封存块 1")}


def test_the_whole_chain_rewritten_around_an_edit(history: str, tamper: Tamper) -> None:
    """The edit is hidden in leaf, root, hash and chain; only the file outside the database still knows."""
    entry = entry_of("96")
    tamper("UPDATE journal_entry SET actor_name = '别人' WHERE id = %s", entry.pk)
    tamper("DELETE FROM journal_block")
    kept = roots_file().read_text()
    seal()
    roots_file().write_text(kept)
    assert ("journal.block_rewritten", "封存块 1") in found()
    assert "journal.row_edited" not in codes()


def test_a_block_rewritten_in_place_breaks_the_chain(history: str, tamper: Tamper) -> None:
    add_region("95")
    seal()
    block = Block.objects.get(number=1)
    leaves = leaf_hash(b"forged") + bytes(block.leaves)[32:]
    block.root = root([leaves[i : i + 32] for i in range(0, len(leaves), 32)]).hex()
    tamper("UPDATE journal_block SET leaves = %s, root = %s, hash = %s WHERE number = 1", leaves, block.root, header_hash(block.header()))
    assert codes() == {"journal.chain_broken", "journal.block_rewritten", "journal.row_edited"}


def test_the_file_of_roots_lost_or_damaged(history: str) -> None:
    kept = roots_file().read_text()
    try:
        others = [line for line in kept.splitlines(keepends=True) if json.loads(line)["database"] != history]
        roots_file().write_text("".join(others))
        assert codes() == {"journal.roots_missing"}
        roots_file().write_text(kept + "not json\n")
        assert codes() == {"journal.roots_unreadable"}
    finally:
        roots_file().write_text(kept)


def test_a_change_made_outside_an_action(history: str) -> None:
    with using_scope(Scope.system()):
        Region.objects.filter(code="97").update(name="私下改的")
    change = change_of("97", "U")
    assert found() == {("journal.change_without_entry", f"变更 {change.pk}（orgs_region:97）")}


def test_a_change_hung_on_an_earlier_action(history: str, tamper: Tamper) -> None:
    with using_scope(Scope.system()), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('anju.entry', %s, false)", [str(entry_of("96").pk)])
        Region.objects.filter(code="97").update(name="冒名改的")
        cursor.execute("SELECT set_config('anju.entry', '', false)")
    change = change_of("97", "U")
    assert found() == {("journal.transaction_differs", f"变更 {change.pk}（orgs_region:97）")}


@pytest.mark.parametrize(
    ("statement", "code", "row"),
    [
        ("UPDATE orgs_region SET name = '偷改' WHERE code = '97'", "journal.row_differs", "97"),
        ("DELETE FROM orgs_region WHERE code = '97'", "journal.row_vanished", "97"),
        (
            "INSERT INTO orgs_region (code, name, level, valid_from, is_sample) VALUES ('95', '来历不明', 1, now(), true)",
            "journal.row_without_image",
            "95",
        ),
        (
            "INSERT INTO orgs_region (code, name, level, valid_from, is_sample) VALUES ('98', '复活', 1, now(), true)",
            "journal.row_should_be_gone",
            "98",
        ),
        ("UPDATE orgs_region SET code = '94' WHERE code = '97'", "journal.row_without_image", "94"),
    ],
)
def test_a_row_changed_behind_the_journal(history: str, tamper: Tamper, statement: str, code: str, row: str) -> None:
    tamper(statement)
    assert (code, f"orgs_region:{row}") in found()


def test_a_row_changed_in_silence_before_an_honest_change(history: str, tamper: Tamper) -> None:
    tamper("UPDATE orgs_region SET is_sample = false WHERE code = '97'")
    rename_region("97", "改名")
    change = change_of("97", "U")
    assert found() == {("journal.image_gap", f"变更 {change.pk}（orgs_region:97）")}


def test_triggers_switched_off(history: str, tamper: Tamper) -> None:
    tamper("ALTER TABLE orgs_region DISABLE TRIGGER journal_update")
    tamper("DROP TRIGGER append_only ON journal_change")
    assert found() == {("journal.trigger_missing", "orgs_region"), ("journal.trigger_missing", "journal_change")}


def test_a_column_added_later_is_no_difference(history: str, tamper: Tamper) -> None:
    tamper("ALTER TABLE orgs_region ADD COLUMN remark text DEFAULT ''")
    assert verify() == []
    rename_region("97", "改名")
    tamper("UPDATE orgs_region SET remark = '偷写' WHERE code = '97'")
    assert found() == {("journal.row_differs", "orgs_region:97")}


def test_many_findings_are_counted_not_listed(history: str, tamper: Tamper) -> None:
    with action("orgs.add_regions", by=Actor.system("测试")):
        Region.objects.bulk_create(Region(code=f"{number}", name="示例", level=2, valid_from=DAY) for number in range(9600, 9850))
    seal()
    tamper("UPDATE journal_change SET region_code = '1' WHERE \"table\" = 'orgs_region'")
    findings = [problem for problem in verify() if problem.code == "journal.row_edited"]
    assert len(findings) == 201
    assert "只列出前 200 个" in findings[-1].what


def test_the_time_zone_of_a_session_leaves_no_trace(history: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET timezone = 'Asia/Shanghai'")
    try:
        with action("orgs.add_user", by=Actor.system("测试")), using_scope(Scope.system()):
            User.objects.create(username="somebody")
        seal()
        assert verify() == []
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SET timezone = 'UTC'")
    assert verify() == []
