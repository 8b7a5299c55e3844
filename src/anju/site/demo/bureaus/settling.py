"""Enter the regions, bureaus and people of the further sample bureaus. Entering them twice changes nothing."""

from __future__ import annotations

from anju.kernel.access.actor import Actor
from anju.kernel.access.scope import using_scope
from anju.kernel.journal.actions import action
from anju.kernel.orgs.divisions import EDITION
from anju.kernel.orgs.models import Region, Role, Staff, User
from anju.kernel.orgs.queries import actor_of
from anju.site.demo.bureaus.places import OFFICES, PLACES
from anju.site.demo.people_in_post import Post, bureau_of, in_post, renew_password

_LEVELS = {4: Region.Level.CITY, 6: Region.Level.COUNTY}


def settle(*, by: Actor, password: str) -> dict[str, Actor]:
    """The clerk of each office by bureau code, who signs in as `<code>-demo`; the sample province must have been entered."""
    with using_scope(by.scope):
        _enter_places(by)
        roles = {role.code: role for role in Role.objects.all()}
        clerks: dict[str, Actor] = {}
        for office in OFFICES:
            bureau = bureau_of(office.code, office.name, office.short, office.region, by)
            post = Post(f"{office.code}-demo", f"{office.short[0]}例办", "办公室副主任", "办公室", ("clerk", "reviewer", "reporter"))
            reach = Staff.Reach.REGION if office.reach else Staff.Reach.BUREAU
            known = User.objects.filter(username=post.username).exists()
            clerks[office.code] = actor_of(in_post(post, bureau, roles, by, reach=reach, password=password).user)
            if known:
                renew_password(bureau, post.username, password, by)
    return clerks


def _enter_places(by: Actor) -> None:
    there = set(Region.objects.filter(code__in=[place.code for place in PLACES]).values_list("code", flat=True))
    missing = [place for place in PLACES if place.code not in there]
    if not missing:
        return
    with action("demo.enter_regions", by=by, subject="orgs_region:99", region_code="99"):
        for place in missing:
            Region(
                code=place.code,
                name=place.name,
                level=_LEVELS[len(place.code)],
                parent_id=place.code[:-2],
                valid_from=EDITION,
                is_sample=True,
            ).save(force_insert=True)
