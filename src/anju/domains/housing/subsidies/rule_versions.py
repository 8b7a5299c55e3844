"""Rules as they were when something was decided: kept once per version, read again from there."""

from __future__ import annotations

from anju.domains.housing.models import RuleVersion
from anju.kernel.rules.rule import Rule
from anju.kernel.rules.storing import as_data, digest_of, from_data

_read: dict[str, Rule] = {}
MOST_KEPT = 64


def keep_version(rule: Rule) -> RuleVersion:
    """The version of this rule, written the first time it decides. Call inside an action."""
    data = as_data(rule)
    digest = digest_of(data)
    found = RuleVersion.objects.filter(digest=digest).first()
    if found is None:
        RuleVersion.objects.bulk_create([RuleVersion(name=rule.name, title=rule.title, digest=digest, data=data)], ignore_conflicts=True)
        found = RuleVersion.objects.get(digest=digest)
    return found


def rule_of(version: RuleVersion) -> Rule:
    """The rule a version holds; its digest is its content, so it is read once."""
    if version.digest not in _read:
        if len(_read) >= MOST_KEPT:
            _read.clear()
        _read[version.digest] = from_data(version.data)
    return _read[version.digest]
