"""What surrounds every page: bureau, region, period, navigation, what waits. Looked up only when a template asks for it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, cast

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from anju.kernel.access.scope import EVERYWHERE
from anju.kernel.figures.periods import Period
from anju.kernel.orgs.models import Bureau, Region
from anju.site.pages.areas import area_icon, area_order, area_title, ledgers_by_area
from anju.site.pages.reporting_period import YearRow, current_period, newest_record_date, offered_periods
from anju.site.pages.waiting import waiting_imports, waiting_tasks
from anju.ui.navigation import desks_for
from anju.ui.requests import ActedRequest


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the navigation."""

    label: str | Promise
    url: str
    icon: str = ""
    current: bool = False
    count: int = 0
    deep: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """A titled part of the navigation."""

    title: str | Promise
    items: list[Item]


class Frame:
    """Lazy facts about the reader and the place, for the layout's templates."""

    def __init__(self, request: ActedRequest) -> None:
        self.request = request
        self.actor = request.actor

    @cached_property
    def bureau(self) -> str:
        """The reader's bureau."""
        found = Bureau.objects.filter(pk=self.actor.bureau_id).first() if self.actor.bureau_id else None
        return found.name if found else self.actor.name

    @cached_property
    def region(self) -> str:
        """The region whose data the reader sees."""
        code = self.actor.scope.region
        if code in ("", EVERYWHERE):
            return ""
        found = Region.objects.filter(pk=code).first()
        return found.name if found else code

    @cached_property
    def period(self) -> Period | None:
        """The period of the session; None for those who see no figures."""
        if not (self.actor.may("figures.view") or self.actor.may("reports.view")):
            return None
        return current_period(self.request)

    @cached_property
    def periods(self) -> list[YearRow]:
        """What the period menu offers."""
        return offered_periods(newest_record_date(self.request), self.period) if self.period else []

    @cached_property
    def tasks(self) -> int:
        """How many tasks of casework wait for the reader."""
        return waiting_tasks(self.actor)

    @cached_property
    def imports(self) -> int:
        """How many imports wait to be confirmed."""
        return waiting_imports(self.actor).count() if self.actor.may("ledgers.import") else 0

    @property
    def waiting(self) -> int:
        """How many things wait for the reader."""
        return self.tasks + self.imports

    @property
    def waiting_url(self) -> str:
        """Where they are."""
        return reverse("tasks") if self.tasks else f"{reverse('today')}#waiting"

    @property
    def query(self) -> str:
        """What was searched for."""
        return self.request.GET.get("q", "") if self.request.path == reverse("search") else ""

    @cached_property
    def groups(self) -> list[Group]:
        """The navigation: own work, business areas, then figures, reports, the journal and the posts."""
        own = [self._item(_("今日"), "today", "sun", exact=True)]
        if self.actor.may("cases.work"):
            own.append(self._item(_("待办"), "tasks", "inbox", count=self.tasks))
            own.append(self._item(_("我的办件"), "my-cases", "briefcase"))
        elif self.actor.may("cases.view"):
            own.append(self._item(_("办件"), "cases", "briefcase"))
        if self.actor.may("ledgers.import"):
            own.append(self._item(_("导入"), "imports", "arrow-up-tray", count=self.imports))
        groups = [Group("", own)]
        desks = desks_for(self.actor)
        for area in sorted(desks, key=area_order):
            groups.append(Group(area_title(area), [self._item(desk.label, desk.url_name, desk.icon) for desk in desks[area]]))
        if self.actor.may("ledgers.view"):
            groups.append(Group(_("台账"), self._areas()))
        results = []
        if self.actor.may("figures.view"):
            results.append(self._item(_("指标"), "figures", "chart-bar"))
        if self.actor.may("reports.view"):
            results.append(self._item(_("报告"), "reports", "document-text"))
        if results:
            groups.append(Group(_("成果"), results))
        traces = []
        if self.actor.may("ledgers.view") or self.actor.may("journal.view"):
            traces.append(self._item(_("日志"), "journal", "clock"))
        if self.actor.may("journal.view"):
            traces.append(self._item(_("审计"), "audit", "shield-check"))
        if traces:
            groups.append(Group(_("留痕"), traces))
        groups.append(Group(_("管理"), self._managing()))
        return groups

    def _managing(self) -> list[Item]:
        items = [self._item(_("工作日历"), "calendar", "calendar-days")]
        if self.actor.may("parameters.view"):
            items.insert(0, self._item(_("政策参数"), "parameters", "adjustments-horizontal"))
        if self.actor.may("orgs.manage") or self.actor.may("orgs.grant"):
            items.insert(0, self._item(_("机构与人员"), "people", "users"))
        return items

    def _item(self, label: str | Promise, name: str, icon: str, *, exact: bool = False, count: int = 0) -> Item:
        url = reverse(name)
        here = self.request.path == url if exact else self.request.path.startswith(url)
        return Item(label, url, icon, here, count)

    def _areas(self) -> list[Item]:
        items: list[Item] = []
        for area, ledgers in ledgers_by_area().items():
            url = reverse("area", args=[area])
            inside = [reverse("ledger", args=[ledger.name]) for ledger in ledgers]
            open_here = self.request.path == url or any(self.request.path.startswith(one) for one in inside)
            items.append(Item(area_title(area), url, area_icon(area), self.request.path == url))
            if open_here:
                items += [
                    Item(ledger.title.removesuffix("台账"), place, current=self.request.path.startswith(place), deep=True)
                    for ledger, place in zip(ledgers, inside, strict=True)
                ]
        return items


def frame(request: HttpRequest) -> dict[str, Any]:
    """The context processor: `frame` for every template of a request that has an actor."""
    return {"frame": Frame(cast(ActedRequest, request))} if hasattr(request, "actor") else {}
