"""The sample province with its bureaus and the people who work there. Entering it twice changes nothing but the demo password."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from anju.kernel.access.actor import Actor
from anju.kernel.access.scope import using_scope
from anju.kernel.journal.actions import action
from anju.kernel.orgs import actions
from anju.kernel.orgs.divisions import EDITION
from anju.kernel.orgs.models import Bureau, Department, Region, Role, Staff, User
from anju.kernel.orgs.queries import actor_of
from anju.site.demo.regions import CITY, COUNTIES, PROVINCE

SIGN_IN = "demo"
CITY_BUREAU = "yunchuan"


@dataclass(frozen=True, slots=True)
class Post:
    """A post of the sample county's bureau."""

    username: str
    name: str
    title: str
    department: str
    roles: tuple[str, ...]


OUR_PEOPLE = (
    Post(SIGN_IN, "王例明", "办公室副主任", "办公室", ("clerk", "reviewer", "reporter")),
    Post("dongyuan-leader", "李例诚", "主任", "办公室", ("leader",)),
    Post("dongyuan-security", "张例慎", "科员", "办公室", ("security_admin",)),
    Post("dongyuan-market", "刘例清", "股长", "市场管理股", ("clerk",)),
    Post("dongyuan-housing", "陈例安", "股长", "住房保障股", ("clerk",)),
    Post("dongyuan-system", "杨例恒", "科员", "信息股", ("system_admin",)),
    Post("dongyuan-audit", "赵例鉴", "科员", "监察室", ("audit_admin",)),
)


def settle(*, by: Actor, password: str) -> dict[str, Actor]:
    """Enter regions, bureaus and people; returns the importing clerk of each county's bureau by bureau code."""
    with using_scope(by.scope):
        _enter_regions(by)
        roles = {role.code: role for role in Role.objects.all()}
        clerks: dict[str, Actor] = {}
        for county in COUNTIES:
            bureau = bureau_of(county.bureau, county.bureau_name, f"{county.short}房产中心", county.region, by)
            if bureau.code == COUNTIES[0].bureau:
                _fill_our_posts(bureau, roles, password, by)
                clerks[county.bureau] = actor_of(User.objects.get(username=SIGN_IN))
            else:
                post = Post(f"{county.bureau}-clerk", f"{county.name[0]}例办", "科员", "项目股", ("clerk",))
                clerks[county.bureau] = actor_of(in_post(post, bureau, roles, by).user)
        city = bureau_of(CITY_BUREAU, f"{CITY[1]}住房和城乡建设局", "云川住建局", CITY[0], by)
        reader = Post("yunchuan-reader", "云例览", "科员", "房产科", ("city_reader",))
        in_post(reader, city, roles, by, reach=Staff.Reach.REGION)
    return clerks


def _enter_regions(by: Actor) -> None:
    there = set(Region.objects.filter(code__startswith=PROVINCE[0]).values_list("code", flat=True))
    wanted = [
        Region(code=PROVINCE[0], name=PROVINCE[1], level=Region.Level.PROVINCE, parent_id=None),
        Region(code=CITY[0], name=CITY[1], level=Region.Level.CITY, parent_id=PROVINCE[0]),
        *(Region(code=county.region, name=county.name, level=Region.Level.COUNTY, parent_id=CITY[0]) for county in COUNTIES),
    ]
    missing = [region for region in wanted if region.code not in there]
    if not missing:
        return
    with action("demo.enter_regions", by=by, subject=f"orgs_region:{PROVINCE[0]}", region_code=PROVINCE[0]):
        for region in missing:
            region.valid_from, region.is_sample = EDITION, True
            region.save(force_insert=True)


def bureau_of(code: str, name: str, short_name: str, region: str, by: Actor) -> Bureau:
    """The sample bureau of this code, entered unless it is there."""
    there = Bureau.objects.filter(code=code).first()
    if there is not None:
        return there
    place = Region.objects.get(code=region)
    return actions.add_bureau(code=code, name=name, short_name=short_name, region=place, by=by, is_sample=True)


def _fill_our_posts(bureau: Bureau, roles: Mapping[str, Role], password: str, by: Actor) -> None:
    for post in OUR_PEOPLE:
        known = User.objects.filter(username=post.username).exists()
        in_post(post, bureau, roles, by, password=password if post.username == SIGN_IN else None)
        if known and post.username == SIGN_IN:
            renew_password(bureau, SIGN_IN, password, by)


def in_post(
    post: Post,
    bureau: Bureau,
    roles: Mapping[str, Role],
    by: Actor,
    *,
    reach: str = Staff.Reach.BUREAU,
    password: str | None = None,
) -> Staff:
    """The person in this post, hired with the post's roles unless already there."""
    there = Staff.objects.select_related("user").filter(user__username=post.username).first()
    if there is not None:
        return there
    department = Department.objects.filter(bureau=bureau, name=post.department).first()
    staff = actions.hire_staff(
        bureau=bureau,
        username=post.username,
        name=post.name,
        title=post.title,
        department=department or actions.add_department(bureau=bureau, name=post.department, by=by),
        reach=reach,
        password=password,
        is_sample=True,
        by=by,
    )
    for code in post.roles:
        actions.grant_role(staff, roles[code], by=by)
    return staff


def renew_password(bureau: Bureau, username: str, password: str, by: Actor) -> None:
    """Give a sample sign-in the password of this start."""
    with action("demo.renew_password", by=by, region_code=bureau.region_id, bureau_id=bureau.pk) as entry:
        user = User.objects.get(username=username)
        user.set_password(password)
        user.save(update_fields=["password"])
        entry.subject = f"orgs_user:{user.pk}"
