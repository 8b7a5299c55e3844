"""公共租赁住房申请受理台账 and 配租台账: what former years accepted and let, beside what cases and ballots do."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from anju.domains.housing.books.people import elsewhere, settle
from anju.domains.housing.books.voiding import voiding
from anju.domains.housing.models import Allocation, Application, Member
from anju.domains.housing.refusals import told, told_clearly
from anju.domains.housing.rules.words import TIER_CODES, TIER_NAMES
from anju.kernel.crypto.fields import hex_cells
from anju.kernel.database.bulk import draw_ids, insert_rows, update_rows
from anju.kernel.errors import AnjuError
from anju.kernel.ledgers.declaration import Ledger
from anju.kernel.ledgers.issues import Issue
from anju.kernel.ledgers.keeping import Intake, Keeper, keep

APPLICATION, ALLOCATION = "housing_application", "housing_allocation"
APPLIED = {
    "submitted": "submitted", "accepted": "accepted", "allocated": "approved", "refused": "refused", "unqualified": "refused",
    "withdrawn": "withdrawn",
}  # fmt: skip
UNQUALIFIED = "unqualified"
LET = {"allocated": "signed", "declined": "declined", "vacated": "vacated"}
APPLICATION_TERMS: dict[str, dict[str, pl.Expr]] = {
    **{name: {name: pl.col(name)} for name in ("application_no", "persons", "applied_on", "accepted_on")},
    "tier": {"tier": pl.col("tier").replace_strict(TIER_CODES, default=None, return_dtype=pl.Int64)},
    "state": {
        "state": pl.col("state").replace_strict(APPLIED),
        "reason_code": pl.when(pl.col("state") == UNQUALIFIED).then(pl.lit(UNQUALIFIED)).otherwise(pl.lit("")),
    },
    "remark": {"remark": pl.col("remark").fill_null("")},
}
"""Field of the book -> its columns and how they are written."""
ALLOCATION_TERMS: dict[str, dict[str, pl.Expr]] = {
    **{name: {name: pl.col(name)} for name in ("allocation_no", "head", "estate", "room", "area", "month_rent", "allocated_on")},
    "state": {"state": pl.col("state").replace_strict(LET)},
}
UNSETTLED = (Application.State.SUBMITTED, Application.State.ACCEPTED)


def write_applications(intake: Intake) -> list[int]:
    """Enter applications of former years, or correct what no case carries."""
    new = intake.new
    ids = draw_ids(APPLICATION, new.height)
    with told_clearly():
        if new.height:
            rows = settle(new, name="head", day="applied_on", bureau_id=intake.bureau_id)
            fixed = {
                "bureau_id": pl.lit(intake.bureau_id),
                "batch_id": pl.lit(intake.batch_id, pl.Int64),
                "product": pl.lit(Application.Product.PUBLIC_RENTAL.value),
                "household_id": pl.col("household_id"),
                "applicant_id": pl.col("member_id"),
            }
            terms = _columns(APPLICATION_TERMS, tuple(APPLICATION_TERMS))
            insert_rows(APPLICATION, rows.select(pl.Series("id", ids), "region_code", "origin", **terms, **fixed))
            _write_phones(rows["member_id"].to_list(), rows["phone"].to_list())
        if intake.changing.height:
            _change_applications(intake)
    return [*ids, *intake.changing["existing"].to_list()]


def _change_applications(intake: Intake) -> None:
    if {"head", "resident_id", "household_no"} & set(intake.given):
        raise AnjuError.of(
            "housing.person_stays", "申请人、身份证号和家庭编号不能在台账里更改。", advice="登记错了人的，请作废这条申请后重新登记。"
        )
    rows = intake.changing
    carried = Application.objects.filter(pk__in=rows["existing"].to_list(), case_id__isnull=False).first()
    if carried is not None and {"state", "accepted_on", "applied_on", "application_no"} & set(intake.given):
        raise AnjuError.of(
            "housing.case_carries_it", "这件申请正由办件办理，日期和状态随办件。", where=carried.application_no, advice="请在办件中办理。"
        )
    columns = _columns(APPLICATION_TERMS, intake.given)
    update_rows(APPLICATION, rows.select(id="existing", **columns), also="version = r.version + 1, updated_at = now()")
    if "phone" in intake.given:
        applicants = dict(Application.objects.filter(pk__in=rows["existing"].to_list()).values_list("pk", "applicant_id"))
        _write_phones([applicants[number] for number in rows["existing"]], rows["phone"].to_list())


def _columns(terms: dict[str, dict[str, pl.Expr]], fields: tuple[str, ...]) -> dict[str, pl.Expr]:
    return {column: term for name in fields for column, term in terms.get(name, {}).items()}


def _write_phones(members: list[int], phones: list[str | None]) -> None:
    """The number a row gives is the person's from now on."""
    given = {member: phone for member, phone in zip(members, phones, strict=True) if phone}
    if given:
        cells = pl.Series("phone", hex_cells(Member, "phone", list(given.values())), dtype=pl.String)
        update_rows("housing_member", pl.DataFrame({"id": list(given), "phone": cells}))


def check_applications(ledger: Ledger, rows: pl.DataFrame, bureau_id: int) -> Iterable[Issue]:
    """HS-02 row by row: a person in two households, a household with two applications that are not settled."""
    yield from elsewhere(ledger, rows, bureau_id)
    live = Application.objects.filter(bureau_id=bureau_id, state__in=UNSETTLED, voided_at=None)
    there = dict(live.values_list("household__household_no", "application_no"))
    first: dict[str, int] = {}
    for place, (number, household, state) in enumerate(zip(rows["application_no"], rows["household_no"], rows["state"], strict=True)):
        if household is None or APPLIED.get(state) not in UNSETTLED:
            continue
        known = there.get(household)
        if known is not None and known != number:
            yield _issue(place, "one_live_application", f"家庭“{household}”的申请“{known}”还没有办结。", None)
        elif first.setdefault(household, place) != place:
            yield _issue(place, "one_live_application", "同一家庭在本文件中有两件没有办结的申请。", first[household])


def write_allocations(intake: Intake) -> list[int]:
    """Enter homes let in former years, or correct them. What a ballot or an exchange gave is not changed by a book."""
    new = intake.new
    ids = draw_ids(ALLOCATION, new.height)
    with told_clearly():
        if new.height:
            fixed = {
                "bureau_id": pl.lit(intake.bureau_id),
                "batch_id": pl.lit(intake.batch_id, pl.Int64),
                "way": pl.lit(Allocation.Way.BOOK.value),
            }
            rows = _placed(new, intake.bureau_id)
            columns = ("application_id", "household_id", "region_code", "origin")
            insert_rows(
                ALLOCATION, rows.select(pl.Series("id", ids), *columns, **_columns(ALLOCATION_TERMS, tuple(ALLOCATION_TERMS)), **fixed)
            )
        if intake.changing.height:
            _change_allocations(intake)
    return [*ids, *intake.changing["existing"].to_list()]


def _placed(rows: pl.DataFrame, bureau_id: int) -> pl.DataFrame:
    """The rows with the application and the household they are about."""
    found = _households_of(rows["application_no"].to_list(), bureau_id)
    for place, application, household in rows.select("allocation_no", "application_no", "household_no").iter_rows():
        if application not in found or found[application][1] != household:
            raise told("allocation_of_its_application", place)
    households = [found[application][0] for application in rows["application_no"]]
    return rows.with_columns(pl.Series("household_id", households, dtype=pl.Int64), application_id=pl.col("application_no"))


def _households_of(applications: list[int], bureau_id: int) -> dict[int, tuple[int, str]]:
    """By application: the id and the number of its household."""
    rows = Application.objects.filter(bureau_id=bureau_id, pk__in=set(applications), voided_at=None)
    return {pk: (household, number) for pk, household, number in rows.values_list("pk", "household_id", "household__household_no")}


def _change_allocations(intake: Intake) -> None:
    rows = intake.changing
    if Allocation.objects.filter(pk__in=rows["existing"].to_list()).exclude(way=Allocation.Way.BOOK).exists():
        raise told("allocation_stays")
    columns = _columns(ALLOCATION_TERMS, intake.given)
    if {"application_no", "household_no"} & set(intake.given):
        rows = _placed(rows, intake.bureau_id)
        columns |= {"application_id": pl.col("application_id"), "household_id": pl.col("household_id")}
    update_rows(ALLOCATION, rows.select(id="existing", **columns), also="version = r.version + 1, updated_at = now()")


def check_allocations(ledger: Ledger, rows: pl.DataFrame, bureau_id: int) -> Iterable[Issue]:
    """The application is that household's; a household holds one home, here and beside what the system let."""
    applications = _households_of(rows["application_no"].drop_nulls().to_list(), bureau_id)
    holding = Allocation.objects.filter(bureau_id=bureau_id, state__in=Allocation.HOLDING, voided_at=None)
    there = dict(holding.values_list("household__household_no", "allocation_no"))
    first: dict[str, int] = {}
    columns = (rows["allocation_no"], rows["application_no"], rows["household_no"], rows["state"])
    for place, (number, application, household, state) in enumerate(zip(*columns, strict=True)):
        known = applications.get(application)
        if known is not None and household is not None and known[1] != household:
            yield _issue(place, "allocation_of_its_application", f"这件申请的家庭是“{known[1]}”。", None)
        if household is None or state != "allocated":
            continue
        held = there.get(household)
        if held is not None and held != number:
            yield _issue(place, "one_home_a_household", f"家庭“{household}”已按“{held}”配租，没有退租。", None)
        elif first.setdefault(household, place) != place:
            yield _issue(place, "one_home_a_household", "同一家庭在本文件中有两套已分配的住房。", first[household])


def _issue(place: int, name: str, what: str, other: int | None) -> Issue:
    return Issue(
        place, "household_no", f"housing.{name}", "must_fix", "", what, "请核对家庭编号；原来的已办结或已退租的，先更正它的状态。", other
    )


_TIERS = " ".join(f"WHEN {number} THEN '{code}'" for number, code in TIER_NAMES.items())
_HOUSEHOLD = "(SELECT h.household_no FROM housing_household h WHERE h.id = t.household_id)"
_APPLICANT = "(SELECT m.{} FROM housing_member m WHERE m.id = t.applicant_id)"
_WAITING_TIER = "(SELECT w.tier FROM housing_waitlistentry w WHERE w.application_id = t.id)"
_WAITS = "EXISTS (SELECT FROM housing_waitlistentry w WHERE w.application_id = t.id)"
_GOT_ONE = (
    "EXISTS (SELECT FROM housing_waitlistentry w JOIN housing_allocation a ON a.entry_id = w.id WHERE w.application_id = t.id"
    " AND a.state IN ('allocated', 'signed', 'vacated'))"
)

keep(
    Keeper(
        ledger="public_rental_application",
        table=APPLICATION,
        live="t.product = 'public_rental'",
        columns={
            "application_no": "application_no",
            "household_no": _HOUSEHOLD,
            "head": _APPLICANT.format("name"),
            "resident_id": _APPLICANT.format("resident_id"),
            "phone": _APPLICANT.format("phone"),
            "persons": "persons",
            "tier": f"CASE coalesce(t.tier, {_WAITING_TIER}) {_TIERS} END",
            "applied_on": "applied_on",
            "accepted_on": "accepted_on",
            # Approved is let in a book; in the system it is let once the household got a home. Refused after acceptance was accepted.
            "state": (
                f"CASE WHEN t.state = 'approved' THEN CASE WHEN t.case_id IS NULL AND NOT {_WAITS} OR {_GOT_ONE} THEN 'allocated'"
                " ELSE 'accepted' END WHEN t.state = 'refused' AND (t.reason_code = 'unqualified'"
                " OR t.case_id IS NOT NULL AND t.accepted_on IS NOT NULL) THEN 'unqualified'"
                " ELSE t.state END"
            ),
            "remark": "nullif(t.remark, '')",
        },
        follows=("housing_household", "housing_member", "housing_waitlistentry", "housing_allocation"),
        sealed={"resident_id": (Member, "resident_id"), "phone": (Member, "phone")},
        check=check_applications,
        write=write_applications,
        void=voiding(APPLICATION),
    )
)
keep(
    Keeper(
        ledger="public_rental_allocation",
        table=ALLOCATION,
        # A home somebody did not take by the ballot is no home let; nobody came is not written in a book.
        live="t.state <> 'absent'",
        columns={
            "allocation_no": "allocation_no",
            "application_no": "coalesce(t.application_id, (SELECT w.application_id FROM housing_waitlistentry w WHERE w.id = t.entry_id))",
            "household_no": _HOUSEHOLD,
            "head": (
                "coalesce(nullif(t.head, ''), (SELECT m.name FROM housing_lease l JOIN housing_member m ON m.id = l.tenant_id"
                " WHERE l.allocation_id = t.id ORDER BY l.id DESC LIMIT 1), (SELECT m.name FROM housing_member m"
                " WHERE m.household_id = t.household_id AND m.relation = 'applicant' ORDER BY m.left_on DESC NULLS FIRST LIMIT 1))"
            ),
            "estate": "coalesce((SELECT u.estate FROM housing_lettingunit u WHERE u.id = t.unit_id), nullif(t.estate, ''))",
            "room": "coalesce((SELECT u.building || u.room FROM housing_lettingunit u WHERE u.id = t.unit_id), nullif(t.room, ''))",
            "area": "coalesce((SELECT u.area FROM housing_lettingunit u WHERE u.id = t.unit_id), t.area)",
            "month_rent": (
                "coalesce(t.month_rent, (SELECT b.amount FROM housing_lease l JOIN housing_rentbill b ON b.lease_id = l.id"
                " WHERE l.allocation_id = t.id AND b.rate = 'contract' AND b.inputs ->> 'days' = b.inputs ->> 'month_days'"
                " ORDER BY b.month LIMIT 1))"
            ),
            "allocated_on": "allocated_on",
            "state": (
                "CASE WHEN t.state IN ('allocated', 'signed') THEN 'allocated' WHEN t.state = 'vacated' THEN 'vacated' ELSE 'declined' END"
            ),
        },
        follows=(
            "housing_household",
            "housing_lease",
            "housing_lettingunit",
            "housing_member",
            "housing_rentbill",
            "housing_waitlistentry",
        ),
        check=check_allocations,
        write=write_allocations,
        void=voiding(ALLOCATION),
    )
)
