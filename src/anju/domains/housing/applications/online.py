"""Applying from home: a request is written by whoever, and becomes an application when a clerk receives it."""

from __future__ import annotations

import secrets as chance
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import BinaryIO

from django.db import transaction
from django.utils import timezone

from anju.domains.housing.acting import doing, held, home_of, subject_of
from anju.domains.housing.applications.applying import EDIT, MATTERS, Written, apply_for
from anju.domains.housing.households.actions import Person, open_household
from anju.domains.housing.models import Application, Household, Member, OnlinePerson, OnlineRequest
from anju.domains.housing.refusals import told_clearly
from anju.kernel.access.actor import Actor
from anju.kernel.access.scope import Scope, using_scope
from anju.kernel.calendar.counting import counting_day, due
from anju.kernel.calendar.queries import working_days
from anju.kernel.cases.actions.papers import receive_material
from anju.kernel.cases.matters.published import current
from anju.kernel.cases.models import FollowFailure
from anju.kernel.cases.queries.following import digest_of, require_few
from anju.kernel.cases.secrets import new_code
from anju.kernel.cases.store.terms import resolve
from anju.kernel.codes import resident_id, telephone
from anju.kernel.errors import AnjuError, Problem
from anju.kernel.files import queries as files
from anju.kernel.files.actions import add_file, link_file
from anju.kernel.files.uses import MATERIAL
from anju.kernel.journal.actions import action
from anju.kernel.orgs.models import Bureau

PRODUCTS = (Application.Product.PUBLIC_RENTAL, Application.Product.RENT_SUBSIDY, Application.Product.NEW_WORKER)
CONSENT = "consent"
MOST_PEOPLE, MOST_FILES = 10, 20
MOST_FROM_ADDRESS, MOST_A_DAY = 5, 500


@dataclass(frozen=True, slots=True)
class Asked:
    """What the form says. The first person applies. `bureau`: who is asked."""

    product: str
    bureau: Bureau
    people: tuple[Person, ...]
    written: Written
    address: str = ""


@dataclass(frozen=True, slots=True)
class Sent:
    """A file that came with the form, for a material of the matter."""

    material: str
    name: str
    content: BinaryIO


def submit(asked: Asked, files_sent: Iterable[Sent], *, address: str, at: datetime | None = None) -> tuple[OnlineRequest, str]:
    """Keep a request; its number and the code to follow it with. `address`: where it comes from, for the limit.

    Nothing of the household is touched: anybody may write anybody's name. Raises AnjuError with every field that is wrong,
    `housing.one_waiting_request`, `cases.too_many_attempts`, `housing.too_many_requests`, `files.*`.
    """
    sent = list(files_sent)
    _require_sound(asked, sent)
    moment = at or timezone.now()
    with using_scope(Scope.system()):
        _count_attempt(address)
    with using_scope(Scope.system()), transaction.atomic():
        bureau, code = asked.bureau, new_code()
        _version, matter = current(MATTERS[Application.Product(asked.product)])
        limit = matter.step("accept").limit
        assert limit is not None  # 行政许可法第三十二条, in every matter of PRODUCTS
        within, _source = resolve(limit, bureau.region_id, counting_day(moment))
        today = OnlineRequest.objects.filter(bureau_id=bureau.pk, submitted_at__gte=moment - timedelta(days=1))
        if today.count() >= MOST_A_DAY:
            raise AnjuError.of("housing.too_many_requests", "今天的网上申报已满。", advice="请明天再提交，或到窗口办理。")
        by = Actor(
            "网上申报", Scope.system(), bureau_id=bureau.pk, region_code=bureau.region_id, permissions=frozenset({EDIT, "files.add"})
        )
        home = home_of(by)
        with told_clearly(), action("housing.ask_online", by=by) as entry:
            request = OnlineRequest.objects.create(
                number=f"WS{moment:%Y%m%d}{chance.randbelow(10**8):08d}", product=asked.product, address=asked.address.strip() or None,
                month_rent=asked.written.month_rent, employer=asked.written.employer, degree=asked.written.degree,
                graduated_on=asked.written.graduated_on, submitted_at=moment, code=code,
                due_on=due(working_days(bureau.region_id), counting_day(moment), within), **home,
            )  # fmt: skip
            for place, one in enumerate(asked.people):
                OnlinePerson.objects.create(
                    request=request, ordinal=place, name=one.name, resident_id=resident_id.normalise(one.resident_id),
                    phone=one.phone or None, relation=one.relation, student=one.student, **home,
                )  # fmt: skip
            entry.subject, entry.data = subject_of(request), {"number": request.number, "product": asked.product}
            for one_file in sent:
                add_file(one_file.content, one_file.name, use=MATERIAL, subject=subject_of(request), role=one_file.material, by=by)
    return request, code


def _count_attempt(address: str) -> None:
    """Every attempt counts, also one that is refused later: its files have been looked at by then."""
    key = digest_of(f"application from {address}")
    with transaction.atomic():
        require_few([(key, MOST_FROM_ADDRESS)], "提交次数过多，请15分钟后再试。", "也可以到窗口办理。")
        FollowFailure.objects.create(key=key, at=timezone.now())


def receive(request: OnlineRequest, *, by: Actor) -> Application:
    """收件: the household is opened, or the one its applicant lives in is taken; the case counts from when the request was sent.

    Raises AnjuError `housing.person_in_one_household`, `housing.one_live_application`, `housing.request_was_handled`.
    """
    with doing("receive_online", by=by, needs=EDIT, subject=subject_of(request)) as entry:
        row = _waiting(request, by)
        day = counting_day(row.submitted_at)
        household = _household(row, day, by)
        written = Written(row.month_rent, row.employer, row.degree, row.graduated_on)
        application = apply_for(
            row.product, household, written, on=day, by=by, online=True, code=row.code.in_full if row.code else "", at=row.submitted_at
        )
        case_subject = f"cases_case:{application.case_id}"
        for role in _hand_over(row, case_subject, by):
            receive_material(application.case_id or 0, role, by=by)
        row.state, row.application = OnlineRequest.State.RECEIVED, application
        _close(row, by)
        entry.data = {"application": application.pk, "household": household.pk}
    return application


def send_back(request: OnlineRequest, *, reason: str, by: Actor) -> None:
    """退回, with what is wrong; the person may send it again. Raises AnjuError `housing.no_reason`, `housing.request_was_handled`."""
    if not reason.strip():
        raise AnjuError.of("housing.no_reason", "没有写理由。", where="理由", advice="写明缺什么、哪里不对，申报人会看到。")
    with doing("send_back_online", by=by, needs=EDIT, subject=subject_of(request), reason=reason):
        row = _waiting(request, by)
        row.state, row.reason = OnlineRequest.State.SENT_BACK, reason.strip()
        _close(row, by)


def _waiting(request: OnlineRequest, by: Actor) -> OnlineRequest:
    row = held(OnlineRequest, request.pk, by)
    if row.state != OnlineRequest.State.WAITING:
        raise AnjuError.of("housing.request_was_handled", f"这件申报{row.get_state_display()}。", where=row.number, advice="请刷新后再看。")
    return row


def _close(row: OnlineRequest, by: Actor) -> None:
    row.handled_at, row.handled_by = timezone.now(), by.name
    row.save(update_fields=["state", "reason", "application", "handled_at", "handled_by"])
    row.people.update(waits=False)


def _household(row: OnlineRequest, day: date, by: Actor) -> Household:
    """The household its applicant lives in as its applicant, or a new one of the people the request names."""
    people = list(row.people.order_by("ordinal"))
    there = Member.objects.filter(resident_id_index=people[0].resident_id_index, left_on=None, relation=Member.Relation.APPLICANT).first()
    if there is not None and there.bureau_id == row.bureau_id:
        return there.household
    consent = files.files_of(subject_of(row), by, role=CONSENT)
    persons = [
        Person(
            one.name,
            one.resident_id.in_full,
            one.relation,
            phone=one.phone.in_full if one.phone else None,
            student=one.student,
            authorised_on=day if consent else None,
            authorisation=f"网上申报 {row.number}" if consent else "",
        )
        for one in people
    ]
    return open_household("", persons, on=day, by=by, address=row.address.in_full if row.address else None)


def _hand_over(row: OnlineRequest, case_subject: str, by: Actor) -> list[str]:
    """Link the files of a request to its case; the materials they are for."""
    _version, matter = current(MATTERS[Application.Product(row.product)])
    roles = []
    for material in matter.materials:
        found = files.files_of(subject_of(row), by, role=material.code)
        for one in found:
            link_file(one.file, subject=case_subject, role=material.code, by=by)
        if found:
            roles.append(material.code)
    return roles


def _require_sound(asked: Asked, sent: list[Sent]) -> None:
    problems: list[Problem] = []
    if asked.product not in PRODUCTS:
        problems.append(Problem("housing.no_such_matter", "申请事项", "没有这个申请事项。", ""))
    if not 1 <= len(asked.people) <= MOST_PEOPLE:
        problems.append(Problem("housing.bad_persons", "家庭成员", f"家庭成员1到{MOST_PEOPLE}人。", "申请人写在第一行。"))
    seen: set[str] = set()
    for place, one in enumerate(asked.people, start=1):
        number = resident_id.normalise(one.resident_id)
        fault = resident_id.fault(number, timezone.localdate())
        if not one.name.strip():
            problems.append(Problem("housing.member_incomplete", f"第{place}人 姓名", "没有填写。", "姓名和身份证号要写全。"))
        if fault is not None:
            problems.append(Problem("housing.bad_resident_id", f"第{place}人 身份证号", fault.what, fault.advice))
        elif number in seen:
            problems.append(Problem("housing.member_twice", f"第{place}人 身份证号", "同一个人写了两次。", "一人只写一行。"))
        seen.add(number)
        wrong = telephone.fault(telephone.normalise(one.phone)) if one.phone else None
        if wrong is not None:
            problems.append(Problem("housing.bad_phone", f"第{place}人 电话", wrong.what, wrong.advice))
    if asked.people and not asked.people[0].phone:
        problems.append(Problem("housing.no_phone", "申请人电话", "没有填写。", "窗口要按电话联系申请人。"))
    if len(sent) > MOST_FILES:
        problems.append(Problem("housing.too_many_files", "材料", f"一次最多{MOST_FILES}个文件。", "请合并后上传，或到窗口补交。"))
    if asked.product in PRODUCTS:
        known = {one.code for one in current(MATTERS[Application.Product(asked.product)])[1].materials}
        problems += [
            Problem("cases.unknown_material", "材料", "没有这种材料。", "请刷新页面。") for one in sent if one.material not in known
        ]
    if problems:
        raise AnjuError(problems)
