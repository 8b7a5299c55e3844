"""A hand on one entry of a read page: takes typed values out of it and notes what is wrong, each at its line."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from anju.kernel.declarations.reading import YamlText

NAME = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
MAX_NAME = 40
MAX_TEXT = 200


class Entry:
    """The mapping at a place of the page. Whatever is missing or misshapen becomes a problem with `code`, and an empty value comes back."""

    def __init__(self, read: YamlText, code: str, value: Any, *path: str | int) -> None:
        self.read = read
        self.code = code
        self.path = path
        if value is not None and not isinstance(value, Mapping):
            self.complain("这里应是“键: 值”。", "请检查缩进和冒号。")
        self.data: Mapping[str, Any] = value if isinstance(value, Mapping) else {}

    @property
    def where(self) -> str:
        """`file:line` of the entry."""
        return self.read.where(*self.path)

    def __contains__(self, key: str) -> bool:
        return self.data.get(key) is not None

    def complain(self, what: str, advice: str = "", *path: str | int) -> None:
        """Note a problem at this entry, or at something inside it."""
        self.read.complain(self.code, what, advice, *self.path, *path)

    def only(self, words: Collection[str]) -> None:
        """Complain of keys that mean nothing here."""
        for key in self.data:
            if key not in words:
                self.complain(f"不认识“{key}”。", f"可用：{'、'.join(words)}。", key)

    def text(self, key: str, *, needed: bool = True, longest: int = MAX_TEXT) -> str:
        """A line of text; missing is a problem where it is needed."""
        value = self.data.get(key)
        if isinstance(value, dict | list):
            self.complain(f"“{key}”应是文字。", "", key)
            return ""
        text = "" if value is None else str(value).strip()
        if (needed and not text) or len(text) > longest:
            self.complain(f"缺少“{key}”，或超过{longest}字。", "请填写。", key)
        return text

    def name(self, key: str, *, needed: bool = True) -> str:
        """An identifier: small letters, digits, single underscores."""
        text = self.text(key, needed=needed)
        if text:
            self.well_named(text, key)
        return text

    def well_named(self, text: str, *path: str | int) -> None:
        """Complain unless the text is an identifier."""
        if not NAME.fullmatch(text) or len(text) > MAX_NAME:
            self.complain(f"名称“{text}”不合规。", f"请用小写英文单词和下划线，以字母开头，不超过{MAX_NAME}个字符。", *path)

    def flag(self, key: str, default: bool = False) -> bool:
        """true or false."""
        value = self.data.get(key)
        if value is None:
            return default
        if not isinstance(value, bool):
            self.complain(f"“{key}”应为 true 或 false。", "", key)
            return default
        return value

    def whole(self, key: str, default: int, *, least: int = 0, most: int = 9999) -> int:
        """A whole number within bounds."""
        value = self.data.get(key, default)
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            self.complain(f"“{key}”应为{least}至{most}的整数。", "", key)
            return default
        return value

    def one_of(self, key: str, words: Collection[str], default: str = "") -> str:
        """One of these words."""
        value = self.data.get(key)
        if value is None:
            return default
        if str(value) not in words:
            self.complain(f"“{key}”不能是“{value}”。", f"可用：{'、'.join(words)}。", key)
            return default
        return str(value)

    def words(self, key: str, *, most: int = 60) -> tuple[str, ...]:
        """A list of words; a single one may stand without brackets. Repetitions are a problem."""
        value = self.data.get(key)
        if value is None:
            return ()
        listed = value if isinstance(value, list) else [value]
        if len(listed) > most or any(isinstance(each, dict | list) for each in listed):
            self.complain(f"“{key}”应为列表，不超过{most}项。", "", key)
            return ()
        found = tuple(str(each).strip() for each in listed)
        if len(set(found)) < len(found):
            self.complain(f"“{key}”里有重复的项。", "请删去一个。", key)
        return tuple(dict.fromkeys(found))

    def labels(self, key: str, *, most: int = 100) -> dict[str, str]:
        """A mapping of identifiers to Chinese labels."""
        value = self.data.get(key)
        if value is None:
            return {}
        if not isinstance(value, dict) or len(value) > most:
            self.complain(f"“{key}”应为“代码: 名称”，不超过{most}项。", "", key)
            return {}
        for code, label in value.items():
            self.well_named(code, key, code)
            if not isinstance(label, str) or not label.strip() or len(label) > MAX_TEXT:
                self.complain(f"“{code}”缺少名称。", "请写中文名称。", key, code)
        return {code: str(label).strip() for code, label in value.items()}

    def inside(self, key: str) -> Entry:
        """The entry under a key; an empty one when there is none."""
        return Entry(self.read, self.code, self.data.get(key), *self.path, key)

    def each(self, key: str, *, most: int = 60) -> Iterator[tuple[str, Entry]]:
        """The named entries of a mapping under a key, in order."""
        value = self.data.get(key)
        if value is None:
            return
        if not isinstance(value, dict) or len(value) > most:
            self.complain(f"“{key}”应为“代码: 说明”，不超过{most}项。", "", key)
            return
        for code, inner in value.items():
            self.well_named(code, key, code)
            yield code, Entry(self.read, self.code, inner, *self.path, key, code)
