"""摇号: the list is frozen and its digest published before the seed exists; whoever has the files gets the same order (HS-09, HS-10)."""

from __future__ import annotations

import hashlib
import random
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from anju.domains.housing.letting import balloting, planning, queries, verify_ballot, waiting
from anju.domains.housing.letting.planning import Group
from anju.domains.housing.letting.tests.village import Village, at, make_village
from anju.domains.housing.models import Candidate, Intention, Place, Pool, Round
from anju.kernel.access.scope import Scope, using_scope
from anju.kernel.errors import AnjuError

EVENT, EVIDENCE, WITNESS = "04 11 18 20 26 32 + 05", "示例彩票官网 2023062 期公告", "公证员 示例"
GROUPS = [Group("优抚和残疾家庭", ("entitled", "disabled"), floor_most=2), Group("其他家庭")]


@pytest.fixture
def village(db: None) -> Iterator[Village]:
    made = make_village()
    with using_scope(Scope.system()):
        yield made


def drawn(village: Village, *, numbers: int = 6) -> Round:
    entries = [village.waits(place, group="disabled" if place in (2, 5) else "") for place in range(1, numbers + 1)]
    one = village.round(village.homes(4), GROUPS)
    village.takes_part(one, *entries)
    balloting.freeze(one, by=village.leader, at=at(25))
    balloting.draw(one, event=EVENT, evidence=EVIDENCE, witness=WITNESS, by=village.leader, at=at(1, 6))
    one.refresh_from_db()
    return one


def check(folder: Path, pool: str, result: str, *more: str) -> tuple[int, str]:
    """What a citizen's own Python says, with nothing of ours but the one file."""
    names = []
    for name, text in (("verify.py", Path(verify_ballot.__file__).read_text("utf-8")), ("名单.txt", pool), ("结果.txt", result)):
        (folder / name).write_bytes(text.encode())
        names.append(str(folder / name))
    ran = subprocess.run([sys.executable, "-I", "-S", *names, *more], capture_output=True, check=False, env={"PYTHONUTF8": "1"})
    return ran.returncode, ran.stdout.decode()


@pytest.mark.django_db
def test_a_citizen_recomputes_the_order_with_the_published_files(village: Village, tmp_path: Path):
    one = drawn(village)
    _round, pool, draw = queries.published_round(one.pk)
    assert pool
    assert draw
    assert check(tmp_path, pool.text, draw.text, "--digest", pool.digest) == (
        0, f"一致：6 名的顺序与重新计算的完全相同。名单摘要 {pool.digest}\n",
    )  # fmt: skip
    # by hand, without a line of ours
    lines = [row.split("\t")[:2] for row in pool.text.split("\n\n")[1].splitlines()]
    seed, own = "04 11 18 20 26 32 + 05", hashlib.sha256(pool.text.encode()).hexdigest()
    by_hand = sorted(lines, key=lambda row: (row[0], hashlib.sha256(f"anju-ballot-1\n{own}\n{seed}\n{row[1]}\n".encode()).hexdigest()))
    assert [code for _, _, code, _, _ in queries.published_places(draw)] == [code for _, code in by_hand]
    # names are masked in all that is published
    assert "钱例" not in pool.text + draw.text
    assert "钱**" in pool.text


@pytest.mark.django_db
def test_the_earlier_group_is_exhausted_before_the_next_is_drawn(village: Village):
    one = drawn(village)
    groups = list(Place.objects.filter(draw__pool__round=one).order_by("position").values_list("candidate__group", flat=True))
    assert groups == [1, 1, 2, 2, 2, 2]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("result", "\n1\t1\t", "\n1\t2\t", "第1名应为第1组"),
        ("result", "+ 05", "+ 06", "不一致：第"),
        ("pool", "钱**", "钱*", "结果文件说的不是这份名单"),
        ("result", "anju-ballot-result 1", "anju-ballot-result 2", "不完整"),
    ],
)
def test_whatever_is_changed_is_found(village: Village, tmp_path: Path, file: str, old: str, new: str, said: str):
    one = drawn(village)
    _round, pool, draw = queries.published_round(one.pk)
    assert pool
    assert draw
    texts = {"pool": pool.text, "result": draw.text}
    assert old in texts[file]
    texts[file] = texts[file].replace(old, new)
    code, words = check(tmp_path, texts["pool"], texts["result"])
    assert code == 1
    assert said in words, words
    swapped = draw.text.split("\n")
    swapped[-2], swapped[-3] = swapped[-3], swapped[-2]
    assert check(tmp_path, pool.text, "\n".join(swapped))[0] == 1
    assert check(tmp_path, pool.text, draw.text.rsplit("\n", 2)[0] + "\n")[1].startswith("不一致：结果文件少了第6名")
    assert check(tmp_path, pool.text, draw.text, "--digest", "0" * 64)[1].startswith("不一致：名单文件的摘要是")


@pytest.mark.django_db
def test_the_list_is_exactly_who_registered_was_found_fit_and_still_waits(village: Village):
    entries = [village.waits(place) for place in range(1, 6)]
    one = village.round(village.homes(2))
    village.takes_part(one, *entries[:2])
    unfit = planning.intend(one, entries[2], on=date(2023, 5, 10), by=village.clerk)
    left = planning.intend(one, entries[3], on=date(2023, 5, 10), by=village.clerk)
    with pytest.raises(AnjuError, match="housing.everybody_is_rechecked"):
        balloting.freeze(one, by=village.leader, at=at(25))
    with pytest.raises(AnjuError, match="housing.unfit_for_a_reason"):
        planning.recheck(unfit, fit=False, on=date(2023, 5, 15), by=village.clerk)
    planning.recheck(unfit, fit=False, reason="已购买住房", on=date(2023, 5, 15), by=village.clerk)
    planning.recheck(left, fit=True, on=date(2023, 5, 15), by=village.clerk)
    waiting.withdraw(entries[3], reason="迁往外地", on=date(2023, 5, 16), by=village.clerk)
    pool = balloting.freeze(one, by=village.leader, at=at(25))
    assert sorted(Candidate.objects.filter(pool=pool).values_list("code", flat=True)) == [entry.entry_no for entry in entries[:2]]
    with pytest.raises(AnjuError, match="housing.list_is_frozen"):
        planning.intend(one, entries[4], on=date(2023, 5, 20), by=village.clerk)
    with pytest.raises(AnjuError, match="housing.illegal_transition"):
        balloting.freeze(one, by=village.leader, at=at(25))


@pytest.mark.django_db
def test_a_recheck_that_has_run_out_is_done_again(village: Village):
    entry = village.waits(1)
    one = village.round(village.homes(1), event_on=date(2023, 12, 1))
    village.takes_part(one, entry)
    with pytest.raises(AnjuError, match="housing.everybody_is_rechecked"):
        balloting.freeze(one, by=village.leader, at=at(14, 8))
    planning.recheck(Intention.objects.get(entry=entry), fit=True, on=date(2023, 8, 14), by=village.clerk)
    balloting.freeze(one, by=village.leader, at=at(14, 8))


@pytest.mark.django_db
def test_the_seed_comes_after_the_list_and_from_where_it_was_announced(village: Village):
    entry = village.waits(1)
    one = village.round(village.homes(1))
    village.takes_part(one, entry)
    for moment in (at(20), at(1, 6)):  # before the intentions end; on the day of the event
        with pytest.raises(AnjuError, match="housing.frozen_before_the_seed"):
            balloting.freeze(one, by=village.leader, at=moment)
    balloting.freeze(one, by=village.leader, at=at(25))
    with pytest.raises(AnjuError, match="housing.no_seed"):
        balloting.draw(one, event=" ", evidence=EVIDENCE, witness=WITNESS, by=village.leader, at=at(1, 6))
    with pytest.raises(AnjuError, match="housing.drawn_after_the_event"):
        balloting.draw(one, event=EVENT, evidence=EVIDENCE, witness=WITNESS, by=village.leader, at=at(31))
    with pytest.raises(AnjuError, match="access.not_allowed|没有权限|权限"):
        balloting.draw(one, event=EVENT, evidence=EVIDENCE, witness=WITNESS, by=village.clerk, at=at(1, 6))


@pytest.mark.django_db
def test_two_parties_commit_themselves_before_and_reveal_afterwards(village: Village, tmp_path: Path):
    secrets = ("住建局的示例秘密 93", "公证处的示例秘密 07")
    entries = [village.waits(place) for place in range(1, 4)]
    one = village.round(village.homes(1), event="", event_on=None)
    village.takes_part(one, *entries)
    with pytest.raises(AnjuError, match="housing.frozen_before_the_seed"):
        balloting.freeze(one, by=village.leader, at=at(25))
    promises = [hashlib.sha256(secret.encode()).hexdigest() for secret in secrets]
    planning.commit(one, bureau=promises[0], witness=promises[1], by=village.leader)
    with pytest.raises(AnjuError, match="housing.plan_was_announced"):
        planning.commit(one, bureau="0" * 64, witness=promises[1], by=village.leader)
    balloting.freeze(one, by=village.leader, at=at(25))
    with pytest.raises(AnjuError, match="housing.secret_differs"):
        balloting.draw(one, secrets=(secrets[0], "另一个秘密"), evidence=EVIDENCE, witness=WITNESS, by=village.leader, at=at(26))
    draw = balloting.draw(one, secrets=secrets, evidence=EVIDENCE, witness=WITNESS, by=village.leader, at=at(26))
    pool = Pool.objects.get(round=one)
    assert check(tmp_path, pool.text, draw.text)[0] == 0
    assert check(tmp_path, pool.text, draw.text.replace("93", "94"))[1] == "不一致：主管部门公布的秘密与事先的承诺值不符。\n"


@pytest.mark.django_db
def test_what_was_frozen_and_drawn_stays(village: Village):
    one = drawn(village)
    for table in ("housing_pool", "housing_candidate", "housing_draw", "housing_place"):
        for statement in (f"UPDATE {table} SET bureau_id = bureau_id", f"DELETE FROM {table}"):
            with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement)
    with pytest.raises(AnjuError, match="housing.illegal_transition"):
        balloting.draw(one, event=EVENT, evidence=EVIDENCE, witness=WITNESS, by=village.leader, at=at(2, 6))
    with pytest.raises(DatabaseError, match="plan_was_announced"), transaction.atomic():
        Round.objects.filter(pk=one.pk).update(event="另一个事件")


codes = st.lists(st.tuples(st.integers(1, 3), st.integers(0, 10**6)), min_size=1, max_size=60, unique_by=lambda line: line[1])


@given(codes, st.text(min_size=1, max_size=20), st.randoms())
def test_the_order_is_a_permutation_whatever_the_list_and_the_seed(lines: list[tuple[int, int]], seed: str, shuffler: random.Random):
    pool = [(group, f"LH{code:07d}") for group, code in lines]
    right = verify_ballot.order("d" * 64, seed, pool)
    assert sorted(right) == sorted(pool)
    assert [group for group, _ in right] == sorted(group for group, _ in pool)
    again = list(pool)
    shuffler.shuffle(again)
    assert verify_ballot.order("d" * 64, seed, again) == right


@settings(max_examples=60)
@given(st.binary(max_size=400), st.binary(max_size=400))
def test_files_of_any_kind_are_told_apart_never_crash(pool: bytes, result: bytes):
    with pytest.raises(verify_ballot.Differs):
        verify_ballot.verify(pool, result)


def test_every_place_is_equally_likely():
    """Of 2,400 seeds every one of six stands everywhere about 400 times: chi-square with 25 degrees of freedom, below its 99.99% point."""
    pool = [(1, f"LH{number}") for number in range(6)]
    counts = {(code, place): 0 for _, code in pool for place in range(6)}
    for seed in range(2400):
        for place, (_, code) in enumerate(verify_ballot.order("e" * 64, str(seed), pool)):
            counts[code, place] += 1
    chi_square = sum((found - 400) ** 2 / 400 for found in counts.values())
    assert chi_square < 62, counts
