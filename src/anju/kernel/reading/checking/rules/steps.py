"""Steps told in an order they cannot have: a plan put out and then reviewed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from anju.kernel.reading.checking.examined import Examined
from anju.kernel.reading.checking.finding import Finding

_REVIEWED_LATER = re.compile(
    r"(?:出台|印发|颁布|发布)了?[^，。；]{0,6}《[^》]{1,80}》，(?:并)?(通过(?:专家|省级|市级)?(?:评审|审查|论证))(?=，|。|；)"
)


def check_steps(examined: Examined) -> Iterator[Finding]:
    """order_of_steps: 出台《…方案》，通过评审: what is in force is not reviewed any more, or what was reviewed is not named."""
    for match in _REVIEWED_LATER.finditer(examined.text):
        message = f"先写“{match[0][:2]}”再写“{match[1]}”：次序不对，或“{match[1]}”前面少了主语。"
        advice = "请写明通过评审的是什么，或改为先评审、后出台。"
        yield examined.finding("order_of_steps", "info", message, advice, spans=[match.span(1)])
