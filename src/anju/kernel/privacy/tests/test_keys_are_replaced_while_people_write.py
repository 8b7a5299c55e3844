"""Rotation: new cells at once, old ones page by page, killed and run again, altered nothing but the cells."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, connections

from anju.kernel.access.actor import Actor
from anju.kernel.access.scope import Scope, using_scope
from anju.kernel.crypto import cells, fields, keyfile, using
from anju.kernel.errors import AnjuError
from anju.kernel.journal.actions import action
from anju.kernel.journal.models import Change, Entry
from anju.kernel.journal.verifying import verify
from anju.kernel.privacy import keys, reencrypting
from anju.testing.factories import make_bureau, make_city
from anju.testing.personal import sample_members

SYSTEM = Actor.system("测试")


@pytest.fixture
def members(fresh_db: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """The sample table in a database whose keys are this test's own: the shared ring of the run stays as it is."""
    ring = tmp_path / "keys.secret"
    ring.write_text(keyfile.load().dump())
    ring.chmod(0o600)
    monkeypatch.setenv("ANJU_KEYS_FILE", str(ring))
    with using_scope(Scope.system()):
        make_city()
        make_bureau("dongyuan", "990121")
        with sample_members() as model:
            yield model


def _fill(model: Any, count: int) -> None:
    bureau = make_bureau("dongyuan", "990121")
    numbers = [f"9901211985{number:08d}" for number in range(count)]
    made = fields.sealed(model, "resident_id", numbers)
    with action("testing.fill", by=SYSTEM), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO testing_member (region_code, bureau_id, resident_id) SELECT '990121', %s, unnest(%s::bytea[])", [bureau.pk, made]
        )


def _versions() -> dict[int, int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT get_byte(resident_id, 2), count(*) FROM testing_member GROUP BY 1")
        return dict(cursor.fetchall())


def test_a_new_version_writes_and_the_old_cells_move(members: Any) -> None:
    _fill(members, 4_500)
    changes = Change.objects.count()
    version = keys.rotate_keys(by=SYSTEM, reason="年度更换")
    assert version == max(_versions()) + 1
    assert cells.version_of(fields.sealed(members, "resident_id", ["990121199001010028"])[0] or b"") == version
    assert reencrypting.reencrypt(by=SYSTEM) == 4_500
    assert _versions() == {version: 4_500}
    assert [row.resident_id.in_full for row in members.objects.order_by("pk")[:3]] == [f"9901211985{number:08d}" for number in range(3)]
    assert Change.objects.filter(table="testing_member").count() == 0 or Change.objects.count() == changes + 1  # the key alone
    assert Entry.objects.get(verb="crypto.reencrypt").data["moved"] == {"testing_member.resident_id": 4_500}
    assert reencrypting.reencrypt(by=SYSTEM) == 0
    assert {count.older for count in reencrypting.counts()} == {0}
    assert not verify()
    assert not reencrypting.verify_cells()


def test_what_is_written_meanwhile_is_neither_lost_nor_left_behind(members: Any) -> None:
    _fill(members, 6_000)
    ids = list(members.objects.order_by("pk").values_list("pk", flat=True)[::60])
    keys.rotate_keys(by=SYSTEM, reason="保管人变动")
    stop = threading.Event()

    def write() -> None:
        try:
            with using_scope(Scope.system()):
                for number, pk in enumerate(ids):
                    with action("testing.change", by=SYSTEM):
                        members.objects.filter(pk=pk).update(resident_id=f"9901211970{number:08d}")
        finally:
            stop.set()
            connections.close_all()

    writer = threading.Thread(target=write)
    writer.start()
    while not stop.is_set():
        reencrypting.reencrypt(by=SYSTEM)
    writer.join()
    reencrypting.reencrypt(by=SYSTEM)
    assert set(_versions()) == {using.ring().current.version}
    found = dict(members.objects.values_list("pk", "resident_id"))
    assert {found[pk].in_full for pk in ids} == {f"9901211970{number:08d}" for number in range(len(ids))}
    assert len(found) == 6_000
    assert not verify()


def test_a_killed_run_is_taken_up_again(members: Any, fresh_db: str) -> None:
    _fill(members, 20_000)
    version = keys.rotate_keys(by=SYSTEM, reason="年度更换")
    script = (
        "import django; django.setup()\n"
        "from django.db import connections\n"
        f"for alias in ('default', 'owner'): connections[alias].settings_dict['NAME'] = {fresh_db!r}\n"
        "from anju.testing.personal import SampleMember as M\n"
        "from anju.kernel.privacy import places, reencrypting\n"
        "f = M._meta.get_field('resident_id')\n"
        "places.add_places('testing', lambda: [places.Place('testing_member', 'resident_id', 'id', '', f.cell)])\n"
        "from anju.kernel.access.actor import Actor\n"
        "reencrypting.PAGE = 200\n"
        "reencrypting.reencrypt(by=Actor.system('测试'), progress=lambda *_: print('page', flush=True))\n"
    )
    process = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, env=os.environ.copy())
    assert process.stdout is not None
    for _page in range(3):
        assert process.stdout.readline() == b"page\n"
    process.send_signal(signal.SIGKILL)
    process.wait()
    time.sleep(0.2)
    left = {each: count for each, count in _versions().items() if each != version}
    assert 0 < sum(left.values()) < 20_000
    assert reencrypting.reencrypt(by=SYSTEM) == sum(left.values())
    assert _versions() == {version: 20_000}
    assert members.objects.get(resident_id="990121198500019999")
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_trigger WHERE tgrelid = 'testing_member'::regclass AND tgenabled = 'D'")
        assert cursor.fetchone() == (0,)


def test_a_lost_key_is_told_clearly(members: Any, tmp_path: Path) -> None:
    _fill(members, 10)
    whole = using.ring()
    keys.rotate_keys(by=SYSTEM, reason="年度更换")
    renewed = keyfile.load()
    newest = renewed.current.version
    keyfile.replace_with(type(renewed)(index_key=renewed.index_key, keys={newest: renewed.keys[newest]}))
    with pytest.raises(AnjuError, match=r"恢复 keys\.secret.*crypto\.key_lost"):
        list(members.objects.all())
    assert [state.version for state in keys.key_states() if state.lost] == sorted(whole.keys)
    keyfile.replace_with(renewed)
    assert len(list(members.objects.all())) == 10


def test_other_keys_are_refused_and_none_are_made_over_lost_ones(members: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    _fill(members, 1)
    stranger = tmp_path / "stranger.secret"
    monkeypatch.setenv("ANJU_KEYS_FILE", str(stranger))
    keys.settle_keys(SYSTEM)
    assert not stranger.exists()
    with pytest.raises(AnjuError, match=r"crypto\.keys_missing"):
        list(members.objects.all())
    keyfile.create()
    keys.settle_keys(SYSTEM)
    for work in (lambda: list(members.objects.all()), lambda: fields.sealed(members, "resident_id", ["990121199001010028"])):
        with pytest.raises(AnjuError, match=r"crypto\.keys_differ"):
            work()


def test_a_key_an_operator_adds_is_registered_at_the_next_start(members: Any) -> None:
    ring = keyfile.load()
    keyfile.replace_with(ring.rotated(40))
    with pytest.raises(AnjuError, match=r"crypto\.keys_unregistered"):
        using.ring()
    keys.settle_keys(SYSTEM)
    assert using.ring().current.version == 40
    assert keys.rotate_keys(by=SYSTEM, reason="年度更换") == 41


def test_verifying_names_what_was_altered(members: Any) -> None:
    _fill(members, 300)
    first = members.objects.order_by("pk")[0].pk
    with action("testing.alter", by=SYSTEM), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE testing_member SET resident_id = set_byte(resident_id, 40, 255 - get_byte(resident_id, 40)) WHERE id = %s", [first]
        )
    assert [problem.where for problem in reencrypting.verify_cells()] == [f"testing_member:{first}"]


def test_two_peoples_cells_exchanged_by_hand_are_found_by_the_journal(members: Any) -> None:
    _fill(members, 300)
    first, second = members.objects.order_by("pk").values_list("pk", flat=True)[:2]
    with connections["owner"].cursor() as cursor:
        cursor.execute("ALTER TABLE testing_member DISABLE TRIGGER USER")
        cursor.execute("ALTER TABLE testing_member DROP CONSTRAINT one_member_per_resident_id")
        cursor.execute(
            "UPDATE testing_member t SET resident_id = o.resident_id FROM testing_member o WHERE (t.id, o.id) IN ((%s, %s), (%s, %s))",
            [first, second, second, first],
        )
        cursor.execute("ALTER TABLE testing_member ENABLE TRIGGER USER")
    assert not reencrypting.verify_cells()
    assert len(verify()) >= 1
    assert all("testing_member" in str(finding) for finding in verify())


def test_who_may_replace_keys_and_why(members: Any) -> None:
    with pytest.raises(AnjuError, match=r"crypto\.no_reason"):
        keys.rotate_keys(by=SYSTEM, reason=" ")
    with pytest.raises(AnjuError, match="crypto.manage"):
        keys.rotate_keys(by=Actor.stranger(), reason="年度更换")
    with pytest.raises(AnjuError, match="crypto.manage"):
        reencrypting.reencrypt(by=Actor.stranger())
