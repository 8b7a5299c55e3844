"""Turn a real report and its statements into a template, and say what the rebuilt report must read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from anju.kernel.reports.template import Template, parse_template
from anju.site.demo.statements import Report, Statement

HEAD = """---
name: {name}
title: "{name}"
growth: [{growth}]
---
"""


def template_of(text: str, report: Report, name: str) -> Template:
    """The report's text with a slot wherever a statement stands, as a template of the reports room.

    A claim becomes a conditional sentence: its words while the records bear it out, otherwise what must be written by hand.
    """
    body = "".join(_pieces(text, report.statements))
    return parse_template(
        HEAD.format(name=name, growth=", ".join(report.growth)) + body, name=f"{name}.txt", stem=name, slice_name="statements"
    )


def wanted(text: str, report: Report) -> str:
    """The report as it must read when rebuilt: its own words with masks filled and slips corrected."""
    parts, end = [], 0
    for statement in _changing(report.statements):
        parts += [text[end : statement.at], statement.shows]
        end = statement.at + len(statement.was)
    return "".join(parts) + text[end:]


def _changing(statements: Sequence[Statement]) -> Iterator[Statement]:
    for _, group in groupby(statements, key=lambda each: each.at):
        yield next(group)


def _pieces(text: str, statements: Sequence[Statement]) -> Iterator[str]:
    end = 0
    for at, group in groupby(statements, key=lambda each: each.at):
        together = list(group)
        first = together[0]
        if text[at : at + len(first.was)] != first.was or at < end:
            raise ValueError(f"statement {first.row} does not stand at {at}")
        yield _plain(text[end:at])
        yield _slot(together)
        end = at + len(first.was)
    yield _plain(text[end:])


def _slot(together: Sequence[Statement]) -> str:
    first = together[0]
    claims = [each.claim for each in together if each.claim]
    if claims:
        return f"{{如果 {' 且 '.join(claims)}}}{_plain(first.shows)}{{否则}}（与记录不符，请改写）{{如果完}}"
    return first.template or _plain(first.was)


def _plain(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")
