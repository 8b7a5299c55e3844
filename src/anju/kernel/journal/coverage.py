"""Which tables are journaled: every table of ours, or one of the exceptions listed here with its reason."""

from __future__ import annotations

from django.apps import apps

from anju.kernel.journal.models import Tracked

EXEMPT: dict[str, str] = {
    "journal_entry": "is the journal",
    "journal_change": "is the journal",
    "journal_bulk": "is the journal",
    "journal_block": "seals the journal; chained by its own hashes",
    "journal_tracked": "written by migrations only, the application may not change it",
    "orgs_user_groups": "Django's groups are not used: permissions come from roles",
    "orgs_user_user_permissions": "Django's permissions are not used: permissions come from roles",
    "ledgers_ledgerdefinition": "published declarations: written by the installation alone, never changed (trigger)",
    "cases_matter": "published matters: written by the installation alone, never changed (trigger)",
    "cases_road": "the transition table of a published matter, derived from it",
    "cases_follow_failure": "counts wrong codes of the public look-up; forgotten after the window",
    "figures_snapshot": "derived from journaled rows, content-addressed and checked by its own digests",
    "housing_subsidyrunrow": "computed by a journaled run from inputs kept under their digest; computed again before it pays",
    "accounts_balance": "kept by the database with every transfer, which is journaled; compared with them by a job",
    "accounts_daytotal": "derived from journaled transfers and compared with them by a job",
    "figures_salt": "a secret of the installation, written once and readable to nobody by the journal",
}


def untracked_tables() -> list[str]:
    """Tables of our apps that are neither journaled nor exempt, by name; must be empty."""
    ours = {
        model._meta.db_table
        for config in apps.get_app_configs()
        if config.name.startswith("anju.")
        for model in config.get_models(include_auto_created=True)
    }
    tracked = set(Tracked.objects.values_list("table", flat=True))
    return sorted(ours - tracked - EXEMPT.keys())
