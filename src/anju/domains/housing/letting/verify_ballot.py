#!/usr/bin/env python3
"""核对公租房摇号结果。只需要 Python 3.8 以上，不需要安装任何东西，也不连接网络。

用法：
  python3 verify_ballot.py 名单文件 结果文件 [--digest 摇号前公布的名单摘要]

核对什么：
  1. 名单文件的 SHA-256 与摇号前公布的摘要一致，摇号以后没有人改过名单；
  2. 种子是事先约定的公开事件的结果，或者双方事先承诺的两个秘密；
  3. 用名单、种子重新排一次，顺序与公布的结果逐行一致，不多一人、不少一人。

算法 anju-ballot-1：每个编号的“签”是四行文字的 SHA-256：anju-ballot-1、名单摘要、种子、编号，每行以换行结束。先按组别、再按签从小到大排列。
签在种子公布以前谁也算不出来，公布以后谁都可以算。
"""

from __future__ import annotations

import hashlib
import sys
import unicodedata

ALGORITHM = "anju-ballot-1"
POOL, RESULT = "anju-ballot-pool 1", "anju-ballot-result 1"
LARGEST = 64 * 1024 * 1024


class Differs(Exception):
    """The files do not agree; the message says where."""


def digest(data: bytes) -> str:
    """SHA-256 in hex."""
    return hashlib.sha256(data).hexdigest()


def plain(text: str) -> str:
    """The text of an event as it enters the seed: compatibility forms made one, runs of white space made one space."""
    return " ".join(unicodedata.normalize("NFKC", text).split())


def ticket(pool_digest: str, seed: str, code: str) -> str:
    """The ticket of one candidate."""
    return digest("\n".join((ALGORITHM, pool_digest, seed, code, "")).encode())


def order(pool_digest: str, seed: str, lines: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """The order of the ballot. `lines`: (group, code) of every candidate; an earlier group comes first as a whole."""
    return sorted(lines, key=lambda line: (line[0], ticket(pool_digest, seed, line[1]), line[1]))


def joint_seed(first: str, second: str) -> str:
    """The seed two parties make together."""
    return digest((first + "\n" + second + "\n").encode())


def read_pool(data: bytes) -> tuple[dict[str, list[str]], list[tuple[int, str]]]:
    """Heads by name and the lines (group, code) of a pool file."""
    heads, body = _split(data, POOL, "名单文件")
    lines = []
    for number, row in body:
        parts = row.split("\t")
        if len(parts) < 2 or not parts[0].isdigit():
            raise Differs(f"名单文件第{number}行不是“组别<制表符>编号”。")
        lines.append((int(parts[0]), parts[1]))
    if heads.get("algorithm") != [ALGORITHM]:
        raise Differs(f"名单文件写的算法不是 {ALGORITHM}，这个程序不能核对。")
    if heads.get("candidates") != [str(len(lines))]:
        raise Differs(f"名单文件写有 {''.join(heads.get('candidates', ['?']))} 人，实际 {len(lines)} 行。")
    if len({code for _group, code in lines}) != len(lines):
        raise Differs("名单中有重复的编号。")
    return heads, lines


def read_result(data: bytes) -> tuple[dict[str, list[str]], list[tuple[int, int, str]]]:
    """Heads by name and the lines (position, group, code) of a result file."""
    heads, body = _split(data, RESULT, "结果文件")
    lines = []
    for number, row in body:
        parts = row.split("\t")
        if len(parts) < 3 or not parts[0].isdigit() or not parts[1].isdigit():
            raise Differs(f"结果文件第{number}行不是“顺序号<制表符>组别<制表符>编号”。")
        lines.append((int(parts[0]), int(parts[1]), parts[2]))
    return heads, lines


def seed_of(pool_heads: dict[str, list[str]], result_heads: dict[str, list[str]]) -> str:
    """The seed the result names, if it is the kind of seed the pool announced."""
    announced = pool_heads.get("seed", [])
    if announced[:1] == ["event"]:
        value = result_heads.get("seed", [])
        if len(value) != 1 or plain(value[0]) != value[0] or not value[0]:
            raise Differs("结果文件没有写公开事件的结果，或写法不规范。")
        return value[0]
    if announced[:1] == ["commitments"] and len(announced) == 3:
        secrets = result_heads.get("secrets", [])
        if len(secrets) != 2:
            raise Differs("结果文件没有公布双方的秘密。")
        for who, secret, promise in zip(("主管部门", "见证方"), secrets, announced[1:]):  # noqa: B905 - Python 3.8 knows no strict
            if digest(secret.encode()) != promise:
                raise Differs(f"{who}公布的秘密与事先的承诺值不符。")
        return joint_seed(*secrets)
    raise Differs("名单文件没有写种子从哪里来。")


def verify(pool: bytes, result: bytes, published: str = "") -> int:
    """How many places agree. Raises Differs at the first that does not."""
    own = digest(pool)
    if published and published.strip().lower() != own:
        raise Differs(f"名单文件的摘要是 {own}，与摇号前公布的 {published.strip().lower()} 不一致。")
    pool_heads, lines = read_pool(pool)
    result_heads, places = read_result(result)
    if result_heads.get("pool") != [own]:
        raise Differs(f"结果文件说的不是这份名单：它的名单摘要是 {''.join(result_heads.get('pool', ['没有写']))}，这份是 {own}。")
    right = order(own, seed_of(pool_heads, result_heads), lines)
    for position, (group, code) in enumerate(right, 1):
        if position > len(places):
            raise Differs(f"结果文件少了第{position}名，应为 {code}。")
        if places[position - 1] != (position, group, code):
            at, of, name = places[position - 1]
            raise Differs(f"第{position}名应为第{group}组 {code}，结果文件写的是第{at}名、第{of}组 {name}。")
    if len(places) != len(right):
        raise Differs(f"结果文件多出 {len(places) - len(right)} 名，例如 {places[len(right)][2]}。")
    return len(right)


def _split(data: bytes, first: str, name: str) -> tuple[dict[str, list[str]], list[tuple[int, str]]]:
    if len(data) > LARGEST:
        raise Differs(f"{name}过大。")
    try:
        rows = data.decode("utf-8").split("\n")
    except UnicodeDecodeError:
        raise Differs(f"{name}不是 UTF-8 文本。") from None
    if rows[0] != first or rows[-1] != "":
        raise Differs(f"{name}不完整：第一行应为“{first}”，最后应有换行。")
    heads: dict[str, list[str]] = {}
    for number, row in enumerate(rows[1:-1], 2):
        if row == "":
            return heads, [(later, one) for later, one in enumerate(rows[number:-1], number + 1)]
        parts = row.split("\t")
        heads[parts[0]] = parts[1:]
    raise Differs(f"{name}没有空行隔开说明和名单。")


def say(text: str) -> None:
    """One line for the reader."""
    sys.stdout.write(text + "\n")


def main(arguments: list[str]) -> int:
    """0: they agree; 1: they do not; 2: the files could not be read."""
    published = ""
    if "--digest" in arguments:
        place = arguments.index("--digest")
        published = "".join(arguments[place + 1 : place + 2])
        arguments = arguments[:place] + arguments[place + 2 :]
    if len(arguments) != 2:
        say(__doc__ or "")
        return 2
    try:
        files = []
        for name in arguments:
            with open(name, "rb") as file:
                files.append(file.read(LARGEST + 1))
    except OSError as error:
        say(f"读不了文件：{error}")
        return 2
    try:
        number = verify(files[0], files[1], published)
    except Differs as difference:
        say(f"不一致：{difference}")
        return 1
    say(f"一致：{number} 名的顺序与重新计算的完全相同。名单摘要 {digest(files[0])}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
