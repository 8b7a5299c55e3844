"""The root command, its help in both languages, and what each exit code means."""

from __future__ import annotations

import sys

import click

from anju import __version__
from anju.kernel.errors import AnjuError
from anju.site.cli import calendar, checks, demo, figures, importing, journal, keys, parameters, serve, setup
from anju.site.cli.reading import report
from anju.site.cli.runtime import err

FINDINGS, BAD_INPUT, ENVIRONMENT, INTERRUPTED = 1, 3, 4, 130
ENVIRONMENT_CODES = ("database.", "reports.libreoffice", "system.")

EPILOG = """
\b
退出码 exit codes
  0    完成 done
  1    查出问题 findings stand (report verify, journal verify, doctor)
  2    命令写法不对 wrong usage
  3    输入有误，什么也没改 bad input, nothing was changed
  4    环境缺件：数据库、LibreOffice 等 something the machine lacks
  130  被中断 interrupted
\b
环境变量 environment
  ANJU_HOME     数据目录 data folder (default: the user's data folder)
  DATABASE_URL  自备 PostgreSQL（>= 15）a server of one's own
  ANJU_BUREAU   默认单位代码 default bureau code
  ANJU_KEYS_FILE  密钥文件 key file (default: keys.secret in ANJU_HOME); ANJU_KEYS: its text
"""


@click.group(epilog=EPILOG, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="anju")
def anju() -> None:
    """安居：住建业务平台，每个数字都由记录算出，都能点开看到记录。

    Anju: the operations platform of a housing bureau; every figure is computed from its records and opens down to them.
    """


for command in (
    demo.demo,
    setup.setup,
    serve.serve,
    serve.work,
    importing.import_books,
    figures.figures,
    figures.evidence,
    report,
    journal.journal,
    keys.keys,
    calendar.calendar,
    parameters.parameters,
    checks.doctor,
    checks.test,
):
    anju.add_command(command)


def main() -> None:
    """Run the command; problems become one line each on standard error and an exit code."""
    try:
        code = anju.main(standalone_mode=False)
        sys.exit(code if isinstance(code, int) else 0)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        err.print("已中断 interrupted")
        sys.exit(INTERRUPTED)
    except AnjuError as error:
        for problem in error.problems:
            err.print(str(problem), style="red", markup=False)
        sys.exit(ENVIRONMENT if error.problems[0].code.startswith(ENVIRONMENT_CODES) else BAD_INPUT)
