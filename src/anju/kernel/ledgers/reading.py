"""From a page of YAML to a Ledger; every mistake is said with file and line."""

from __future__ import annotations

import keyword
import re
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, cast

from django.db.models import Model

from anju.kernel.declarations.reading import YamlText, read_file, read_text
from anju.kernel.ledgers.declaration import (
    FIELD_TYPES,
    LEVELS,
    NUMBER_TYPES,
    SYSTEM_COLUMNS,
    TEXT_LENGTH,
    Field,
    FieldType,
    Ledger,
    Level,
    Rule,
)
from anju.kernel.quantities.units import AREA, MONEY, find_unit

BAD = "ledgers.declaration"
NAME = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
MAX_NAME, MAX_FIELDS, MAX_RULES, MAX_CHOICES, MAX_TEXT = 40, 80, 60, 200, 5000

LEDGER_WORDS = ("ledger", "name", "version", "grain", "source", "key", "date", "fields", "rules", "kept")
FIELD_WORDS = (
    "label", "type", "also", "unit", "required", "help", "choices", "min", "max", "places", "accept", "reference", "place", "index",
)  # fmt: skip
RULE_WORDS = ("when", "level", "message", "advice")
FILE_KINDS = ("pdf", "jpg", "png", "ofd", "docx", "xlsx", "zip")
RESERVED = frozenset(SYSTEM_COLUMNS) | frozenset(dir(Model)) | {"today", "record_table", "record_id", "objects"}


def read_ledger(text: str, *, file: str, slice: str = "") -> Ledger:
    """The declared ledger. Raises AnjuError with every problem found (`ledgers.declaration`, `declarations.yaml`), each at `file:line`."""
    return _ledger(read_text(text, file, as_written=True), slice)


def read_ledger_file(path: Path, *, file: str, slice: str = "") -> Ledger:
    """The same of a file; `file` is what problems call it."""
    return _ledger(read_file(path, file, as_written=True), slice)


def _ledger(read: YamlText, slice: str) -> Ledger:
    data = read.data
    if not data:
        if not read.problems:
            read.complain(BAD, "文件不是一份台账声明。", "第一行应为 ledger: 英文名。")
        read.refuse()
    _unknown_words(read, data, LEDGER_WORDS)
    name = _name(read, data.get("ledger"), "ledger")
    fields = _fields(read, data.get("fields"))
    names = {one.name: one for one in fields}
    ledger = Ledger(
        name=name,
        title=_text(read, data.get("name"), "name"),
        slice=slice,
        version=_version(read, data.get("version", 1)),
        grain=_text(read, data.get("grain"), "grain"),
        source=str(data.get("source") or ""),
        key=_key(read, data.get("key"), names),
        date=_date(read, data.get("date"), names),
        fields=fields,
        rules=_rules(read, data.get("rules")),
        where=read.where(),
        kept=_flag(read, data.get("kept"), "kept"),
    )
    _labels_once(read, ledger)
    read.refuse()
    _check_rules(read, ledger)
    read.refuse()
    return ledger


def _unknown_words(read: YamlText, data: dict[str, Any], words: tuple[str, ...], *path: str | int) -> None:
    for key in data:
        if key not in words:
            read.complain(BAD, f"不认识“{key}”。", f"可用：{'、'.join(words)}。", *path, key)


def _name(read: YamlText, value: Any, *path: str | int) -> str:
    text = str(value or "")
    if not NAME.fullmatch(text) or len(text) > MAX_NAME:
        read.complain(BAD, f"名称“{text}”不合规。", f"请用小写英文单词和下划线，以字母开头，不超过{MAX_NAME}个字符。", *path)
    return text


def _text(read: YamlText, value: Any, *path: str | int) -> str:
    text = "" if value is None else str(value).strip()
    if not text or len(text) > 120:
        read.complain(BAD, f"缺少“{path[-1]}”，或超过120字。", "请填写。", *path)
    return text


def _version(read: YamlText, value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= 9999:
        read.complain(BAD, "version 应为从1起的整数。", "声明改动后请加1。", "version")
        return 1
    return value


def _fields(read: YamlText, value: Any) -> tuple[Field, ...]:
    if not isinstance(value, dict) or not value or len(value) > MAX_FIELDS:
        read.complain(BAD, f"fields 应列出1至{MAX_FIELDS}个字段。", "", "fields")
        return ()
    return tuple(_field(read, name, spec) for name, spec in value.items())


def _field(read: YamlText, name: str, spec: Any) -> Field:
    path = ("fields", name)
    _name(read, name, *path)
    if name in RESERVED or keyword.iskeyword(name):
        read.complain(BAD, f"字段名“{name}”已被系统占用。", "请换一个名称。", *path)
    if not isinstance(spec, dict):
        read.complain(BAD, f"字段“{name}”没有说明。", "至少写 label 和 type。", *path)
        return Field(name=name, label=name, type="text")
    _unknown_words(read, spec, FIELD_WORDS, *path)
    kind = spec.get("type")
    if kind not in FIELD_TYPES:
        read.complain(BAD, f"字段“{name}”的类型“{kind}”不存在。", f"可用：{'、'.join(FIELD_TYPES)}。", *path, "type")
        kind = "text"
    one = Field(
        name=name,
        label=_text(read, spec.get("label"), *path, "label"),
        type=cast(FieldType, kind),
        also=_words(read, spec.get("also"), *path, "also"),
        unit=_unit(read, kind, spec.get("unit"), *path, "unit"),
        required=_flag(read, spec.get("required"), *path, "required"),
        help=str(spec.get("help") or ""),
        choices=_choices(read, kind, spec.get("choices"), *path, "choices"),
        min=_limit(read, kind, spec.get("min"), *path, "min"),
        max=_limit(read, kind, spec.get("max"), *path, "max"),
        places=_places(read, kind, spec.get("places"), *path, "places"),
        accept=_accept(read, kind, spec.get("accept"), *path, "accept"),
        reference=_reference(read, kind, spec.get("reference"), *path, "reference"),
        place=_flag(read, spec.get("place"), *path, "place"),
        indexed=_flag(read, spec.get("index"), *path, "index"),
    )
    if one.place and kind != "region":
        read.complain(BAD, "place 只能用在 region 字段上。", "", *path, "place")
    if one.indexed and one.personal:
        read.complain(BAD, "个人标识不能排序。", "请去掉 index。", *path, "index")
    if one.min is not None and one.max is not None and one.min > one.max:
        read.complain(BAD, "min 大于 max。", "请核对。", *path, "min")
    return one


def _flag(read: YamlText, value: Any, *path: str | int) -> bool:
    if value is not None and not isinstance(value, bool):
        read.complain(BAD, f"“{path[-1]}”应为 true 或 false。", "", *path)
    return value is True


def _words(read: YamlText, value: Any, *path: str | int) -> tuple[str, ...]:
    if value is None:
        return ()
    if not isinstance(value, list) or len(value) > 30:
        read.complain(BAD, f"“{path[-1]}”应为列表，不超过30项。", "", *path)
        return ()
    return tuple(str(item).strip() for item in value)


def _unit(read: YamlText, kind: str, value: Any, *path: str | int) -> str:
    default = {"money": "元", "area": "㎡"}.get(kind, "")
    text = str(value or default).strip()
    if not text:
        return ""
    found = find_unit(text)
    wanted = {"money": MONEY, "area": AREA}.get(kind)
    if kind not in NUMBER_TYPES:
        read.complain(BAD, "只有数值字段有单位。", "请去掉 unit。", *path)
    elif found is None:
        read.complain(BAD, f"不认识的计量单位“{text}”。", "例如元、万元、㎡、亩、套、户、人次、%。", *path)
    elif (wanted and found.dimension != wanted) or (kind in ("integer", "decimal") and found.dimension in (MONEY, AREA)):
        read.complain(BAD, f"单位“{text}”与类型 {kind} 不相配。", "金额用 money，面积用 area，其余用 integer 或 decimal。", *path)
    return found.name if found is not None else text


def _choices(read: YamlText, kind: str, value: Any, *path: str | int) -> dict[str, str]:
    if kind != "choice":
        if value is not None:
            read.complain(BAD, "只有 choice 字段有 choices。", "", *path)
        return {}
    if not isinstance(value, dict) or not value or len(value) > MAX_CHOICES:
        read.complain(BAD, f"choice 字段要列出1至{MAX_CHOICES}个选项。", "例如 choices: {filed: 已备案}。", *path)
        return {}
    choices = {code: str(label).strip() for code, label in value.items()}
    for code, label in choices.items():
        if not re.fullmatch(r"[A-Za-z0-9_.-]{1,40}", code) or not label:
            read.complain(BAD, f"选项“{code}”不合规。", "代码用英文或数字，名称不能为空。", *path, code)
    if len(set(choices.values())) < len(choices):
        read.complain(BAD, "有两个选项名称相同。", "导入时按名称认选项，名称不能重复。", *path)
    return choices


def _limit(read: YamlText, kind: str, value: Any, *path: str | int) -> Decimal | None:
    if value is None:
        return None
    allowed = NUMBER_TYPES if path[-1] == "min" else NUMBER_TYPES | set(TEXT_LENGTH)
    if kind not in allowed:
        read.complain(BAD, f"类型 {kind} 没有“{path[-1]}”。", "", *path)
        return None
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        number = Decimal("NaN")
    if isinstance(value, bool) or not number.is_finite() or abs(number) > 10**15:
        read.complain(BAD, f"“{value}”不是可用的数。", "", *path)
        return None
    if kind in TEXT_LENGTH and not (number == int(number) and 1 <= number <= MAX_TEXT):
        read.complain(BAD, f"文本长度应为1至{MAX_TEXT}的整数。", "", *path)
        return None
    return number


def _places(read: YamlText, kind: str, value: Any, *path: str | int) -> int:
    if value is None:
        return 2
    if kind != "decimal" or isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= 8:
        read.complain(BAD, "places 只用于 decimal，应为0至8。", "", *path)
        return 2
    return value


def _accept(read: YamlText, kind: str, value: Any, *path: str | int) -> tuple[str, ...]:
    words = _words(read, value, *path)
    if (words and kind != "file") or any(word not in FILE_KINDS for word in words):
        read.complain(BAD, "accept 只用于 file。", f"可用：{'、'.join(FILE_KINDS)}。", *path)
    return words or (("pdf", "jpg", "png") if kind == "file" else ())


def _reference(read: YamlText, kind: str, value: Any, *path: str | int) -> str:
    if kind != "reference":
        if value is not None:
            read.complain(BAD, "reference 只用于类型 reference。", "", *path)
        return ""
    return _name(read, value, *path)


def _key(read: YamlText, value: Any, names: dict[str, Field]) -> tuple[str, ...]:
    words = _words(read, value, "key")
    if not 1 <= len(words) <= 5:
        read.complain(BAD, "key 应列出1至5个字段，它们合起来认出一条记录。", "例如 key: [contract_no]。", "key")
    for index, word in enumerate(words):
        if word not in names:
            read.complain(BAD, f"key 里的“{word}”不是字段。", "", "key", index)
        elif names[word].personal or names[word].type == "file":
            read.complain(BAD, f"“{word}”不能作为 key。", "个人标识和附件不能认记录，请用编号。", "key", index)
    return words


def _date(read: YamlText, value: Any, names: dict[str, Field]) -> str:
    if value is None:
        # One date field needs no saying.
        dates = [one.name for one in names.values() if one.type in ("date", "month")]
        return dates[0] if len(dates) == 1 else ""
    if str(value) not in names or names[str(value)].type not in ("date", "month"):
        read.complain(BAD, f"date 指的“{value}”不是日期字段。", "", "date")
    return str(value)


def _rules(read: YamlText, value: Any) -> tuple[Rule, ...]:
    if value is None:
        return ()
    if not isinstance(value, list) or len(value) > MAX_RULES:
        read.complain(BAD, f"rules 应为列表，不超过{MAX_RULES}条。", "", "rules")
        return ()
    rules = []
    for index, spec in enumerate(value):
        path = ("rules", index)
        if not isinstance(spec, dict):
            read.complain(BAD, "规则应写 when、level、message。", "", *path)
            continue
        _unknown_words(read, spec, RULE_WORDS, *path)
        level = spec.get("level")
        if level not in LEVELS:
            read.complain(BAD, f"level“{level}”不存在。", f"可用：{'、'.join(LEVELS)}。", *path, "level")
            level = "must_fix"
        rules.append(
            Rule(
                when=_text(read, spec.get("when"), *path, "when"),
                level=cast(Level, level),
                message=_text(read, spec.get("message"), *path, "message"),
                advice=str(spec.get("advice") or ""),
                where=read.where(*path),
            )
        )
    return tuple(rules)


def _labels_once(read: YamlText, ledger: Ledger) -> None:
    seen: dict[str, str] = {}
    for one in ledger.fields:
        for label in (one.label, *one.also):
            if label in seen and seen[label] != one.name:
                advice = "导入时按列名认字段，列名不能重复。"
                read.complain(BAD, f"列名“{label}”同时属于“{seen[label]}”和“{one.name}”。", advice, "fields", one.name)
            seen[label] = one.name
    if sum(one.place for one in ledger.fields) > 1:
        read.complain(BAD, "只能有一个字段标 place。", "", "fields")


def _check_rules(read: YamlText, ledger: Ledger) -> None:
    from anju.kernel.ledgers.expressions import ExpressionError, compile_condition

    for index, rule in enumerate(ledger.rules):
        try:
            compile_condition(rule.when, ledger)
        except ExpressionError as error:
            read.complain(
                BAD, f"条件“{rule.when}”：{error}", "可用字段名、数、引号中的文字和日期、比较、and、or、not、+ - *。", "rules", index
            )
