"""The journal as people read it: entries newest first, one entry with the images of the rows it changed."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponseBase
from django.shortcuts import render
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from anju.kernel.access.actor import Actor
from anju.kernel.errors import Forbidden, Problem
from anju.kernel.journal.models import Entry
from anju.kernel.journal.queries import changes_of, count_changes_of
from anju.site.pages.differences import change_differences
from anju.site.pages.verbs import ROOMS, data_label, subject_label, subject_url, table_label, verb_label
from anju.ui.access import page
from anju.ui.crumbs import Crumb
from anju.ui.requests import ActedRequest, for_drawer

PAGE_SIZE = 50
CHANGES_SHOWN = 100


def visible_entries(actor: Actor) -> QuerySet[Entry]:
    """The entries this reader may see: those of the own scope; without `journal.view` only what happened to books and reports."""
    entries = actor.scope.narrow(Entry.objects.all())
    if actor.may("journal.view"):
        return entries
    if actor.may("ledgers.view"):
        return entries.filter(Q(verb__startswith="ledgers.") | Q(verb__startswith="reports.") | Q(verb__startswith="figures."))
    raise Forbidden(Problem("orgs.forbidden", "", _("没有查看日志的权限。"), _("请联系本单位安全管理员授权。")))


@page()
def journal(request: ActedRequest) -> HttpResponseBase:
    """Entries, newest first, filtered by room, words and days; keyset paging by entry number."""
    entries = _filtered(request, visible_entries(request.actor))
    before = request.GET.get("before", "")
    if before.isdigit():
        entries = entries.filter(pk__lt=int(before))
    found = list(entries.order_by("-pk")[: PAGE_SIZE + 1])
    shown = found[:PAGE_SIZE]
    context = {
        "entries": [entry_line(entry) for entry in shown],
        "next": shown[-1].pk if len(found) > PAGE_SIZE else None,
        "rooms": ROOMS,
        "asked": request.GET,
        "crumbs": [Crumb(_("日志"))],
        "filtered": any(request.GET.get(name) for name in ("room", "q", "from", "to")),
    }
    return render(request, "pages/journal/list.html", context)


def entry_line(entry: Entry) -> dict[str, Any]:
    """One entry as the lists show it."""
    return {
        "entry": entry,
        "verb": verb_label(entry.verb),
        "subject": subject_label(entry.subject, entry.data),
        "url": subject_url(entry.subject),
    }


@page()
def entry(request: ActedRequest, number: int) -> HttpResponseBase:
    """One entry: who, when, why, its parameters, the rows it changed before and after."""
    found = visible_entries(request.actor).filter(pk=number).first()
    if found is None:
        raise Http404
    asked = request.GET.get("row", "")
    offset = int(asked) if asked.isdecimal() and len(asked) < 12 else 0
    count = count_changes_of(number, request.actor)
    shown = changes_of(number, request.actor, offset=offset, size=CHANGES_SHOWN)
    context = {
        **entry_line(found),
        "data": [(data_label(name), value) for name, value in found.data.items() if value not in (None, "", [], {})],
        "changes": [
            {
                "change": change,
                "table": table_label(change.table),
                "differences": change_differences(change),
                "url": subject_url(f"{change.table}:{change.row}"),
            }
            for change in shown
        ],
        "change_count": count,
        "change_first": offset + 1,
        "change_last": offset + len(shown),
        "change_next": offset + len(shown) if offset + len(shown) < count else None,
        "steps": [entry_line(step) for step in visible_entries(request.actor).filter(parent_id=number).order_by("pk")[:20]],
        "crumbs": [Crumb(_("日志"), "journal"), Crumb(str(number))],
    }
    return render(request, "pages/journal/entry_part.html" if for_drawer(request) else "pages/journal/entry.html", context)


def _filtered(request: ActedRequest, entries: QuerySet[Entry]) -> QuerySet[Entry]:
    room, words = request.GET.get("room", ""), request.GET.get("q", "").strip()[:60]
    if room in ROOMS:
        entries = entries.filter(verb__startswith=f"{room}.")
    if words:
        entries = entries.filter(Q(actor_name__contains=words) | Q(subject__contains=words) | Q(reason__contains=words))
    for name, lookup in (("from", "at__date__gte"), ("to", "at__date__lte")):
        try:
            day = parse_date(request.GET.get(name, ""))
        except ValueError:
            day = None
        if day is not None:
            entries = entries.filter(**{lookup: day})
    return entries
