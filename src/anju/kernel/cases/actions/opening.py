"""Open a case: draw its number, write its first move, start its first clocks."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection

from anju.kernel.access.actor import Actor
from anju.kernel.calendar.counting import counting_day
from anju.kernel.calendar.queries import working_days
from anju.kernel.cases import hooks
from anju.kernel.cases.engine import lifting
from anju.kernel.cases.matters.declaration import Matter
from anju.kernel.cases.matters.published import current
from anju.kernel.cases.matters.words import APPLICANTS
from anju.kernel.cases.models import Case, Material, MatterVersion
from anju.kernel.cases.moving import moment_of
from anju.kernel.cases.secrets import digest_of_code, new_code
from anju.kernel.cases.store.saving import MoveNote, Writer
from anju.kernel.codes import credit_code, resident_id, telephone
from anju.kernel.errors import AnjuError, Forbidden, Problem
from anju.kernel.journal.actions import OpenEntry, action
from anju.kernel.orgs.models import Bureau


@dataclass(frozen=True, slots=True)
class Applicant:
    """Who applies. `kind`: person, household, organisation, or office when the bureau acts of its own accord.

    `id_number` and `phone` are kept encrypted; `credit_code` is that of an organisation.
    """

    name: str
    kind: str = "person"
    id_number: str = ""
    phone: str = ""
    credit_code: str = ""


def open_case(
    matter: str,
    *,
    applicant: Applicant,
    by: Actor,
    subject: str = "",
    data: Mapping[str, Any] | None = None,
    materials: Iterable[str] = (),
    bureau: Bureau | None = None,
    online: bool = False,
    code: str = "",
    key: str | None = None,
    at: datetime.datetime | None = None,
) -> Case:
    """Receive an application (收件). Needs `cases.open`. `materials`: codes of those handed in with it. `bureau`: the actor's by default.

    `code`: the one the applicant has already, by `secrets.new_code`. The case returned carries `follow_code`, the code the applicant
    follows it with: shown once, kept as a digest (empty on a repeat).
    Raises AnjuError `cases.unknown_matter`, `cases.bad_applicant`, `cases.unknown_material`, `cases.bad_data`.
    """
    by.require("cases.open")
    published, declared = current(matter)
    _require_applicant(declared, applicant)
    values, handed_in = checked_data(declared, data or {}), tuple(materials)
    for code in handed_in:
        require_material(declared, code)
    moment = moment_of(at)
    with action("cases.open", by=by, key=key, data={"matter": matter, "version": declared.version}) as entry:
        if entry.repeated:
            return Case.objects.get(pk=int(entry.subject.partition(":")[2]))
        home = _bureau(bureau, by)
        entry.region_code, entry.bureau_id = home.region_id, home.pk
        case = _new(declared, published, applicant, home, moment, subject=subject, data=values, online=online, by=by)
        code = code or new_code()
        case.follow_digest = digest_of_code(case.number, code)
        _write(case, declared, values, moment, entry, by)
        _add_materials(case, declared, handed_in, counting_day(moment))
        entry.subject = f"cases_case:{case.pk}"
        entry.data |= {"number": case.number}
        hooks.tell(hooks.Happening("opened", case, declared, by, counting_day(moment), case.stage))
    case.follow_code = code
    return case


def _require_applicant(matter: Matter, applicant: Applicant) -> None:
    problems = []
    if applicant.kind not in matter.applicants:
        allowed = "、".join(APPLICANTS[kind] for kind in matter.applicants)
        problems.append(Problem("cases.bad_applicant", "申请人", f"“{matter.title}”由{allowed}申请。", "请核对申请人类型。"))
    if not applicant.name.strip() or len(applicant.name) > 80:
        problems.append(Problem("cases.bad_applicant", "申请人", "没有写申请人，或超过80字。", "请填写姓名或单位名称。"))
    faults = (
        ("身份证号", resident_id.fault(resident_id.normalise(applicant.id_number), _today()) if applicant.id_number else None),
        ("电话", telephone.fault(telephone.normalise(applicant.phone)) if applicant.phone else None),
        ("统一社会信用代码", credit_code.fault(credit_code.normalise(applicant.credit_code)) if applicant.credit_code else None),
    )
    problems += [Problem("cases.bad_applicant", where, fault.what, fault.advice) for where, fault in faults if fault is not None]
    if problems:
        raise AnjuError(problems)


def _today() -> datetime.date:
    return counting_day(moment_of(None))


def checked_data(matter: Matter, data: Mapping[str, Any]) -> dict[str, Any]:
    """The condition data as JSON values of the declared kinds. Raises AnjuError `cases.bad_data`."""
    kinds: dict[str, type | tuple[type, ...]] = {"number": int, "text": str, "flag": bool, "date": (datetime.date, str)}
    found: dict[str, Any] = {}
    for name, value in data.items():
        kind = matter.data.get(name)
        fits = kind is not None and (value is None or (isinstance(value, kinds[kind]) and (kind == "flag") == isinstance(value, bool)))
        if not fits or (isinstance(value, str) and len(value) > 200):
            raise AnjuError.of("cases.bad_data", f"“{name}”不是本事项声明的条件数据，或种类不对。", where=matter.title)
        found[name] = value.isoformat() if isinstance(value, datetime.date) else value
    return found


def require_material(matter: Matter, code: str) -> None:
    """Raise AnjuError `cases.unknown_material` unless the matter declares it."""
    if matter.material(code) is None:
        known = "、".join(one.title for one in matter.materials)
        raise AnjuError.of("cases.unknown_material", f"“{matter.title}”没有“{code}”这种材料。", advice=f"可收：{known}。")


def _bureau(bureau: Bureau | None, by: Actor) -> Bureau:
    home = bureau or Bureau.objects.select_related("region").filter(pk=by.bureau_id or 0).first()
    if home is None:
        raise AnjuError.of("cases.no_bureau", "没有写由哪个单位办理。", where="单位")
    if not by.scope.covers(home.region_id, home.pk):
        raise Forbidden.of("cases.beyond_scope", f"{home.short_name}不在您的数据范围内。", advice="请由该单位收件。")
    return home


def _new(
    matter: Matter, published: MatterVersion, applicant: Applicant, home: Bureau, moment: datetime.datetime, *, subject: str,
    data: dict[str, Any], online: bool, by: Actor,
) -> Case:  # fmt: skip
    year = counting_day(moment).year
    serial = next_serial(home, matter.name, year)
    return Case(
        number=f"{home.region_id}{home.pk:02d}-{matter.prefix}{year}-{serial:05d}", matter=matter.name, matter_version=published,
        year=year, serial=serial, region_code=home.region_id, bureau_id=home.pk, subject=subject, applicant_kind=applicant.kind,
        applicant=applicant.name.strip(), applicant_id=applicant.id_number or None, applicant_phone=applicant.phone or None,
        applicant_code=credit_code.normalise(applicant.credit_code), data=data, received_at=moment, online=online, opened_by=by.name,
    )  # fmt: skip


def next_serial(bureau: Bureau, matter: str, year: int) -> int:
    """The next number of a bureau, matter and year. Openings of one kind wait for each other, so a number is neither lost nor doubled."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO cases_counter (region_code, bureau_id, matter, year, last) VALUES (%s, %s, %s, %s, 1)"
            " ON CONFLICT (bureau_id, matter, year) DO UPDATE SET last = cases_counter.last + 1 RETURNING last",
            [bureau.region_id, bureau.pk, matter, year],
        )
        return int(cursor.fetchone()[0])


def _write(case: Case, matter: Matter, data: dict[str, Any], moment: datetime.datetime, entry: OpenEntry, by: Actor) -> None:
    situation = lifting.begin(matter, data)
    case.state, case.stage, case.revision = situation.state, situation.stage, 1
    case.accepted_at = moment if situation.accepted else None
    case.save(force_insert=True)
    writer = Writer(case, matter, {}, working_days(case.region_code), moment, counting_day(moment))
    writer.begin(situation, MoveNote("open", staff_id=by.staff_id, actor=by.name, entry_id=entry.number))


def _add_materials(case: Case, matter: Matter, handed_in: tuple[str, ...], on: datetime.date) -> None:
    Material.objects.bulk_create(
        Material(
            case=case, region_code=case.region_code, bureau_id=case.bureau_id, code=one.code, title=one.title,
            state=Material.State.HANDED_IN if one.code in handed_in else Material.State.MISSING,
            handed_in_on=on if one.code in handed_in else None,
        )
        for one in matter.materials
    )  # fmt: skip
