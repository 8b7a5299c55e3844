"""The `anju` command."""

from __future__ import annotations


def main() -> None:
    raise SystemExit("not assembled yet")
