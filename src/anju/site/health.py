"""What `anju doctor` looks at: each check says what it found and what to do."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor

from anju.kernel.crypto import using
from anju.kernel.database.home import home_dir
from anju.kernel.errors import AnjuError
from anju.site import system_parts

FREE_BYTES = 2 * 1024**3


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at."""

    name: str
    state: Literal["ok", "warning", "error"]
    finding: str
    advice: str = ""


def check_all() -> list[Check]:
    """Every check, in reading order; a check that fails to run is itself an error."""
    return [
        _guarded(check)
        for check in (python, folder, disk, server, role, migrations, keys, tracked, definitions, working_calendar, office, fonts)
    ]


def _guarded(check: Callable[[], Check]) -> Check:
    try:
        return check()
    except AnjuError as error:
        return Check(check.__name__, "error", _all_of(error))


def _all_of(error: AnjuError) -> str:
    """Every problem with its place, one a line."""
    return "\n".join(("", *map(str, error.problems))) if len(error.problems) > 1 else str(error.problems[0])


def python() -> Check:
    return Check("Python", "ok", sys.version.split()[0])


def folder() -> Check:
    home = home_dir()
    loose = [path.name for path in home.glob("*.secret") if path.stat().st_mode & 0o077]
    if loose:
        return Check("数据目录", "error", f"{home} 中的密钥文件可被他人读取：{'、'.join(loose)}", f"请运行：chmod 600 {home}/*.secret")
    return Check("数据目录", "ok", str(home))


def disk() -> Check:
    free = shutil.disk_usage(home_dir()).free
    found = f"可用 {free / 1024**3:.1f} GB"
    return Check("磁盘", "ok", found) if free > FREE_BYTES else Check("磁盘", "warning", found, "请清理磁盘，至少留出 2 GB。")


def server() -> Check:
    with connection.cursor() as cursor:
        cursor.execute("SELECT split_part(version(), ' ', 2), current_setting('fsync')")
        version, fsync = cursor.fetchone()
    if fsync != "on":
        return Check("数据库", "error", f"PostgreSQL {version}，fsync 已关闭", "断电会丢数据，请打开 fsync。")
    return Check("数据库", "ok", f"PostgreSQL {version}")


def role() -> Check:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_user, (SELECT count(*) FROM pg_class WHERE relowner = to_regrole(current_user)::oid),"
            " (SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user)"
        )
        name, owned, mighty = cursor.fetchone()
    if owned or mighty:
        return Check("应用账号", "error", f"{name} 拥有 {owned} 个对象或可绕过行级安全", "请用 anju 自建的账号连接。")
    return Check("应用账号", "ok", f"{name} 不拥有任何表，行级安全生效")


def migrations() -> Check:
    executor = MigrationExecutor(connections["owner"])
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        return Check("数据表", "error", f"有 {len(waiting)} 个升级未执行", "请重新运行任一 anju 命令。")
    return Check("数据表", "ok", "已是最新")


def keys() -> Check:
    from anju.kernel.privacy.keys import key_states

    states = key_states()
    using.ring()
    lost = [str(state.version) for state in states if state.lost]
    if lost:
        return Check("密钥", "error", f"第{'、'.join(lost)}版密钥丢失，用它加密的个人信息读不出来", "请从备份中恢复 keys.secret。")
    newest = next((state for state in states if state.writes), None)
    return Check("密钥", "ok", f"第 {newest.version if newest else 1} 版在用；keys.secret 须与数据库一起备份")


def tracked() -> Check:
    with connection.cursor() as cursor:
        cursor.execute(
            'SELECT t."table" FROM journal_tracked t WHERE (SELECT count(*) FROM pg_trigger g'
            " WHERE g.tgrelid = to_regclass(t.\"table\") AND g.tgname LIKE 'journal\\_%%' AND g.tgenabled <> 'D') < 4"
        )
        loose = [row[0] for row in cursor.fetchall()]
    if loose:
        return Check("日志", "error", f"这些表的变更没有记入日志：{'、'.join(loose)}", "触发器被停用，请查明原因并恢复。")
    return Check("日志", "ok", "所有业务表的变更都记入日志")


def definitions() -> Check:
    from anju.kernel.cases.matters.published import all_checked
    from anju.kernel.figures.catalogue import all_indicators
    from anju.kernel.ledgers.catalogue import all_ledgers
    from anju.kernel.parameters.catalogue import all_parameters
    from anju.kernel.reports.catalogue import all_templates

    try:
        counts = (
            f"{len(all_ledgers())} 个台账，{len(all_indicators())} 个指标，{len(all_templates())} 个报告模板，"
            f"{len(all_parameters())} 个政策参数，{len(all_checked())} 个事项，均通过检查"
        )
    except AnjuError as error:
        return Check("定义", "error", _all_of(error))
    return Check("定义", "ok", counts)


def working_calendar() -> Check:
    from django.utils import timezone

    from anju.kernel.calendar.queries import working_days

    years, today = working_days().years, timezone.localdate()
    known = f"已录入{years[0]}年至{years[-1]}年的放假安排" if years else "还没有录入任何年份"
    if today.year not in years:
        return Check("工作日历", "error", known, f"请录入{today.year}年的放假安排，否则推算不了期限。")
    if today.month == 12 and today.year + 1 not in years:
        return Check("工作日历", "warning", known, f"请录入{today.year + 1}年的放假安排，跨年的期限才能推算。")
    return Check("工作日历", "ok", known)


def office() -> Check:
    lacking = system_parts.missing((system_parts.OFFICE,))
    if lacking:
        return Check("LibreOffice", "warning", "未安装，不能生成 PDF（DOCX 不受影响）", system_parts.advice(lacking))
    return Check("LibreOffice", "ok", "可生成 PDF")


def fonts() -> Check:
    lacking = system_parts.missing((system_parts.FONTCONFIG, system_parts.NOTO, system_parts.LIBERATION, system_parts.KAI))
    if lacking:
        names = "、".join(part.name for part in lacking)
        return Check("字体", "warning", f"缺少{names}，PDF 排版会走样", system_parts.advice(lacking))
    return Check("字体", "ok", "公文字体有可用的替代")
