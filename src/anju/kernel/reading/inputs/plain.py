"""Plain text in the encodings Chinese offices use."""

from __future__ import annotations

import codecs

from anju.kernel.reading.inputs.source import MOST_CHARACTERS, refuse, too_long

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def decode(content: bytes, name: str) -> str:
    """UTF-8, UTF-16 with a mark, or GB18030, with line ends as \\n. Raises AnjuError `reading.not_text` or `reading.too_long`."""
    text = _decoded(content)
    if text is None or "\x00" in text[:10_000]:
        raise refuse("not_text", "这不是文字文件，或编码无法识别。", name, "请另存为 UTF-8 编码的 .txt，或提供 .docx。")
    text = tidy(text)
    if len(text) > MOST_CHARACTERS:
        raise too_long(name)
    return text


def tidy(text: str) -> str:
    """Line ends as \\n and control characters as spaces, one for one behind that."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.translate({code: " " for code in range(32) if code not in (9, 10)})


def _decoded(content: bytes) -> str | None:
    encodings = [encoding for mark, encoding in _MARKS if content.startswith(mark)] or ["utf-8", "gb18030"]
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None
