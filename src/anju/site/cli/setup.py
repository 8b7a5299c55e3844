"""`anju setup`: one's own bureau and its first people."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from anju.site.cli.choosing import chosen_bureau, remember_bureau
from anju.site.cli.runtime import boot, choose_home, err, out

if TYPE_CHECKING:
    from anju.kernel.access.actor import Actor
    from anju.kernel.orgs.models import Bureau
    from anju.site.founding import Person

EPILOG = """
\b
例 example
  anju setup --bureau ours --name 某县住房和城乡建设局 --short-name 某县住建局 --region 340522
  anju setup --person wang --person-name 王例明 --roles system_admin
  anju setup --person zhang --person-name 张例慎 --roles security_admin
  anju setup --person li --person-name 李例办 --roles clerk,reporter
\b
角色 roles
  clerk 经办人  reviewer 复核人  reporter 办公室文稿  leader 领导  city_reader 市级查阅
  system_admin 系统管理员  security_admin 安全管理员  audit_admin 审计管理员（三者不得由一人兼任 never one person）
"""


@click.command(epilog=EPILOG)
@click.option("--bureau", "code", help="单位代码，字母、数字、-、_ bureau code; without it the installation's own.")
@click.option("--name", default="", help="单位全称 the bureau's full name.")
@click.option("--short-name", default="", help="单位简称，20字以内 its short name (default: the full name).")
@click.option("--region", default="", help="所在地区：区划代码或名称 where it is: a division's code or its unique name.")
@click.option("--person", "username", help="登录名 user name of somebody to put in post.")
@click.option("--person-name", default="", help="姓名 the person's name.")
@click.option("--title", default="", help="职务 the person's title.")
@click.option("--department", default="", help="股室，没有则新建 section, made when it is not there.")
@click.option("--roles", default="", help="角色，用逗号分开 roles, separated by commas.")
@click.option(
    "--reach", type=click.Choice(["bureau", "region"]), help="数据范围：本单位，或本地区及下级 what the person sees.  [default: bureau]"
)
@click.option("--ask-password", is_flag=True, help="输入密码；否则生成一个，只显示一次 type the password; else one is made and shown once.")
@click.option("--no-password", is_flag=True, help="不设密码（只用单点登录）no password, single sign-on only.")
@click.option("--new-password", is_flag=True, help="已有人员也换密码 replace the password of somebody already there.")
@click.option("--home", type=click.Path(path_type=Path), help="数据目录 data folder.")
def setup(
    code: str | None,
    name: str,
    short_name: str,
    region: str,
    username: str | None,
    person_name: str,
    title: str,
    department: str,
    roles: str,
    reach: str | None,
    ask_password: bool,
    no_password: bool,
    new_password: bool,
    home: Path | None,
) -> None:
    """建立本单位和第一批人员；可以反复运行，已有的不会重复。

    Make one's own bureau and its first people. Run it again for more people; what is there already is left as it is.
    """
    _require_sense(code, name, region, username, person_name, roles, ask_password and no_password)
    choose_home(home)
    boot()
    from anju.kernel.access.actor import Actor
    from anju.site.founding import Person

    by = Actor.system("命令行")
    bureau = _bureau(code.strip(), name.strip(), short_name.strip(), region.strip(), by) if code else chosen_bureau(None)
    if username is not None:
        wanted = tuple(one.strip() for one in roles.replace("，", ",").split(",") if one.strip())
        person = Person(username.strip(), person_name.strip(), title.strip(), department.strip(), wanted, reach)
        _post(person, bureau, by, ask=ask_password, none=no_password, renew=new_password)


def _require_sense(code: str | None, name: str, region: str, username: str | None, person_name: str, roles: str, both: bool) -> None:
    if not code and username is None:
        raise click.UsageError("请写明 --bureau 或 --person name a bureau or a person.")
    if not code and (name or region):
        raise click.UsageError("新建单位请用 --bureau 写明代码 a new bureau needs its code.")
    if username is None and (person_name or roles):
        raise click.UsageError("添人请用 --person 写明登录名 a person needs a user name.")
    if both:
        raise click.UsageError("--ask-password 与 --no-password 只能选一个 choose one of them.")


def _bureau(code: str, name: str, short_name: str, region: str, by: Actor) -> Bureau:
    from anju.site.founding import found_bureau

    founded = found_bureau(code=code, name=name, short_name=short_name, region=region, by=by)
    bureau = founded.bureau
    out.print(f"{'已建立单位' if founded.made else '已有单位'} bureau {bureau.code}：{bureau.name}（{bureau.region.name}）", markup=False)
    if founded.first:
        remember_bureau(bureau.code)
        out.print("它是本机的默认单位 the default of this installation")
    elif founded.made:
        out.print(f"本机还有别的单位，命令请加 --bureau {bureau.code}，或设 ANJU_BUREAU", markup=False)
    return bureau


def _post(person: Person, bureau: Bureau, by: Actor, *, ask: bool, none: bool, renew: bool) -> None:
    from anju.kernel.orgs.credentials import temporary_password
    from anju.site.founding import is_in_post, put_in_post

    password: str | None = None
    needed = renew or not is_in_post(person.username, by)
    if needed and not none:
        words = f"{person.username} 的密码 password"
        password = str(click.prompt(words, hide_input=True, confirmation_prompt="再输一次 again")) if ask else temporary_password()
    posted = put_in_post(person, bureau, by=by, password=password, renew=renew)
    staff = posted.staff
    granted = f"，授予 {'、'.join(posted.granted)}" if posted.granted else ""
    unchanged = "" if posted.hired or posted.granted or posted.password_set else "，没有改动 unchanged"
    state = "已上岗 in post" if posted.hired else "已在岗 there already"
    out.print(
        f"{staff.name}（{staff.user.username}，{bureau.short_name}，{staff.get_reach_display()}）{state}{granted}{unchanged}", markup=False
    )
    if posted.password_set and not ask:
        out.print(f"密码只显示这一次 password, shown once: {password}", markup=False)
        err.print("[dim]· 请本人登录后在右上角菜单中修改密码[/]")
