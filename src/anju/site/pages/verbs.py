"""What the verbs and subjects of the journal are called on pages, and where a subject is shown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from anju.kernel.errors import AnjuError
from anju.kernel.ledgers.catalogue import all_ledgers, get
from anju.ui import words

VERBS: dict[str, str | Promise] = {
    "ledgers.add_record": _("新增记录"),
    "ledgers.change_record": _("修改记录"),
    "ledgers.change_records": _("批量修改记录"),
    "ledgers.void_record": _("作废记录"),
    "ledgers.close_period": _("封账"),
    "ledgers.reopen_period": _("开账"),
    "ledgers.prepare_import": _("上传工作簿"),
    "ledgers.confirm_import": _("确认导入"),
    "ledgers.discard_import": _("放弃导入"),
    "figures.freeze_snapshot": _("冻结快照"),
    "reports.freeze": _("报告定稿"),
    "crypto.reveal": _("查看完整个人信息"),
    "crypto.register_keys": _("登记密钥"),
    "crypto.rotate_keys": _("更换密钥"),
    "crypto.reencrypt": _("旧密文换新密钥"),
    "files.add": _("上传文件"),
    "files.link": _("关联文件"),
    "files.unlink": _("解除文件关联"),
    "files.void": _("作废文件"),
    "files.mismatch": _("文件与摘要不符"),
    "reading.hand_in": _("交来文稿"),
    "reading.decide": _("确定数字对应的指标"),
    "reading.accept": _("确认可能的对应"),
    "reading.silence": _("说明理由不再提示"),
    "reading.unsilence": _("重新提示"),
    "reading.set_up_books": _("按文稿建立台账"),
    "reading.save_template": _("把文稿存为模板"),
    "orgs.add_region": _("登记区划"),
    "orgs.add_regions": _("登记区划"),
    "orgs.rename_region": _("区划更名"),
    "orgs.remove_region": _("区划撤销"),
    "orgs.load_divisions": _("载入行政区划"),
    "orgs.load_roles": _("载入角色"),
    "orgs.add_bureau": _("登记单位"),
    "orgs.add_department": _("登记股室"),
    "orgs.add_user": _("建立账号"),
    "orgs.hire_staff": _("人员上岗"),
    "orgs.move_staff": _("岗位调整"),
    "orgs.deactivate_staff": _("人员离岗"),
    "orgs.grant_role": _("授予角色"),
    "orgs.revoke_role": _("收回角色"),
    "orgs.reset_password": _("设临时密码"),
    "orgs.issue_token": _("申请接口密钥"),
    "orgs.revoke_token": _("停用接口密钥"),
    "orgs.sign_in": _("登录"),
    "orgs.sign_out": _("退出登录"),
    "orgs.sign_in_failed": _("登录失败"),
    "orgs.lock": _("账号锁定"),
    "orgs.change_password": _("修改密码"),
    "orgs.add_second_factor": _("启用两步验证"),
    "orgs.remove_second_factor": _("停用两步验证"),
    "accounts.open_book": _("建立账簿"),
    "accounts.open_account": _("开立账户"),
    "accounts.close_account": _("账户销户"),
    "accounts.transfer": _("记账"),
    "accounts.post_pending": _("在途入账"),
    "accounts.void_pending": _("在途撤销"),
    "accounts.reverse": _("红冲"),
    "accounts.expire": _("在途到期"),
    "accounts.set_floor": _("设定留存要求"),
    "accounts.freeze": _("冻结或解冻"),
    "accounts.close_period": _("账簿封账"),
    "accounts.take_in_statement": _("导入银行对账单"),
    "accounts.match": _("人工勾对"),
    "accounts.explain_difference": _("说明对账差异"),
    "accounts.judge_day": _("日终对账"),
    "accounts.note_unequal": _("登记余额差异"),
    "cases.open": _("收件"),
    "cases.decide": _("办理环节"),
    "cases.notify": _("一次性告知补正"),
    "cases.hand_in": _("收到补正材料"),
    "cases.receive_material": _("收材料"),
    "cases.promise_material": _("容缺承诺"),
    "cases.amend": _("更正条件数据"),
    "cases.claim": _("接办"),
    "cases.release": _("放回待办"),
    "cases.transfer": _("转交"),
    "cases.add_signer": _("加签"),
    "cases.delegate": _("委托办理"),
    "cases.revoke_delegation": _("撤销委托"),
    "cases.suspend": _("中止办理"),
    "cases.resume": _("恢复办理"),
    "cases.withdraw": _("申请人撤回"),
    "cases.terminate": _("终止办理"),
    "cases.reopen": _("重新办理"),
    "cases.pause_clock": _("停表"),
    "cases.restart_clock": _("恢复计时"),
    "cases.extend_clock": _("延长办理期限"),
    "cases.start_publicity": _("发布公示"),
    "cases.publicity_over": _("公示期满"),
    "cases.object": _("登记异议"),
    "cases.settle_objection": _("答复异议"),
    "cases.request_checks": _("发起核查"),
    "cases.answer_check": _("登记核查结果"),
    "cases.issue_outcome": _("出具结果文书"),
    "cases.give_back_material": _("退回材料"),
    "cases.new_follow_code": _("重发查询码"),
    "cases.silence": _("逾期视为受理"),
    "cases.supplement_late": _("逾期未补正"),
    "cases.breach": _("容缺逾期"),
    "cases.time_out": _("核查超时"),
    "cases.recount": _("按新日历重算期限"),
    "demo.enter_regions": _("载入示例区划"),
    "demo.renew_password": _("更新示例口令"),
}
ROOMS: dict[str, str | Promise] = {
    "cases": _("办件"),
    "ledgers": _("台账"),
    "figures": _("指标"),
    "reports": _("报告"),
    "orgs": _("机构与权限"),
    "accounts": _("资金账户"),
    "journal": _("日志"),
    "crypto": _("个人信息"),
    "files": _("文件"),
    "calendar": _("工作日历"),
    "parameters": _("政策参数"),
}


KINDS: dict[str, str | Promise] = {
    "cases_case": _("办件"),
    "cases_delegation": _("委托"),
    "cases_task": _("待办"),
    "cases_clock": _("办理期限"),
    "orgs_user": _("账号"),
    "orgs_staff": _("人员"),
    "orgs_bureau": _("单位"),
    "orgs_department": _("股室"),
    "orgs_region": _("区划"),
    "orgs_apitoken": _("接口密钥"),
    "figures_snapshot": _("快照"),
    "accounts_book": _("账簿"),
    "accounts_account": _("账户"),
    "accounts_transfer": _("账户流水"),
    "accounts_difference": _("对账差异"),
    "files_storedfile": _("文件"),
}


def verb_label(verb: str) -> str | Promise:
    """The Chinese name of a verb; one nobody named keeps its identifier."""
    return VERBS.get(verb) or words.VERBS.get(verb, verb)


def subject_label(subject: str, data: Mapping[str, Any] | None = None) -> str:
    """`ledger_sale_contract:17` as 商品房网签合同台账 17号, an import by its file; other subjects stay as they are."""
    kind, _separator, number = subject.partition(":")
    if kind == "ledgers_importbatch":
        return str((data or {}).get("file") or gettext("导入批次 %(number)s") % {"number": number})
    if kind == "reports_frozenreport":
        return gettext("第 %(number)s 号报告") % {"number": number}
    if kind == "reading_readtext":
        return gettext("第 %(number)s 号文稿") % {"number": number}
    named = KINDS.get(kind) or words.KINDS.get(kind)
    if named and number:
        return f"{named} {number}"
    if kind == "ledger" and number in all_ledgers():
        return all_ledgers()[number].title
    for ledger in all_ledgers().values():
        if kind in (ledger.record_table, ledger.name):
            return f"{ledger.title} {number}号" if number else ledger.title
    return subject


def subject_url(subject: str) -> str:
    """The page of a subject, or nothing when it has none."""
    kind, _separator, number = subject.partition(":")
    try:
        if kind.startswith("ledger_") and number.isdigit():
            return reverse("record", args=[get(kind.removeprefix("ledger_")).name, int(number)])
        if kind == "ledger":
            return reverse("ledger", args=[get(number).name])
        if kind == "cases_case" and number.isdigit():
            return reverse("case", args=[int(number)])
        if kind in words.PAGES and number.isdigit():
            return reverse(words.PAGES[kind], args=[int(number)])
        kept = _kept_at(kind)
        if kept and number.isdigit():
            return reverse("record", args=[kept, int(number)])
        if "import" in kind and number.isdigit():
            return reverse("import", args=[int(number)])
        if kind == "reading_readtext" and number.isdigit():
            return reverse("read-text", args=[int(number)])
        if "report" in kind and number.isdigit():
            return reverse("frozen-report", args=[int(number)])
    except (AnjuError, NoReverseMatch):
        return ""
    return ""


def _kept_at(table: str) -> str:
    """The kept ledger whose records this table of a slice bears; empty when there is none, or more than one."""
    found = [ledger.name for ledger in all_ledgers().values() if ledger.kept and ledger.record_table == table]
    return found[0] if len(found) == 1 else ""


DATA: dict[str, str | Promise] = {
    "file": _("文件"),
    "ledger": _("台账"),
    "digest": _("摘要（SM3）"),
    "batch": _("导入批次"),
    "rows": _("行数"),
    "state": _("状态"),
    "added": _("新增"),
    "changed": _("更新"),
    "already": _("已有"),
    "left_out": _("退回"),
    "confirmed_by_person": _("人工核对"),
    "confirmed": _("已核对的提示"),
    "id": _("记录"),
    "ids": _("记录"),
    "fields": _("改动的字段"),
    "personal_fields": _("不留痕的字段"),
    "until": _("截至"),
    "before": _("原先"),
    "report": _("报告"),
    "snapshot": _("快照"),
    "template": _("模板"),
    "period": _("报告期"),
    "roles": _("角色"),
    "role": _("角色"),
    "ended_roles": _("收回的角色"),
    "staff": _("人员"),
    "reach": _("数据范围"),
    "region": _("地区"),
    "token": _("密钥"),
    "days": _("有效天数"),
    "field": _("字段"),
    "label": _("项目"),
    "kind": _("类型"),
    "versions": _("密钥版本"),
    "moved": _("换过的密文"),
    "finding": _("查出"),
}


def data_label(name: str) -> str | Promise:
    """The Chinese name of a parameter or outcome of an action."""
    return DATA.get(name) or words.DATA.get(name, name)


def table_label(table: str) -> str | Promise:
    """The name of a tracked table."""
    named = {ledger.table: ledger.title for ledger in all_ledgers().values()}
    return words.TABLES.get(table) or named.get(table, table)


def column_labels(table: str) -> dict[str, str | Promise]:
    """Labels of the columns of a table: a ledger's fields, or what its slice calls them."""
    for ledger in all_ledgers().values():
        if ledger.table == table:
            return {**SYSTEM_COLUMNS, **{field.column: field.label for field in ledger.fields}}
    return {**SYSTEM_COLUMNS, **words.COLUMNS.get(table, {})}


SYSTEM_COLUMNS: dict[str, str | Promise] = {
    "id": _("编号"),
    "region_code": _("区划"),
    "bureau_id": _("单位"),
    "batch_id": _("导入批次"),
    "origin": _("来源行"),
    "created_at": _("建立时间"),
    "updated_at": _("修改时间"),
    "version": _("版次"),
    "voided_at": _("作废时间"),
}
