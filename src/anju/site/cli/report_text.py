"""The text of a file given to `anju report`."""

from __future__ import annotations

from pathlib import Path

from anju.kernel.errors import AnjuError

SIZE_MAX = 8_000_000


def text_of(path: Path) -> str:
    """A plain text file, UTF-8 or GB 18030. Raises AnjuError `reading.file`."""
    if path.stat().st_size > SIZE_MAX:
        raise AnjuError.of("reading.file", "文件太大，读不了。", where=path.name, advice="请分成几份。")
    data = path.read_bytes()
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise AnjuError.of("reading.file", "文件不是文本。", where=path.name, advice="请另存为UTF-8文本。")
