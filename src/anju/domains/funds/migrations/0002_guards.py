from pathlib import Path

from django.db import migrations

from anju.kernel.database.operations import protect, sql_file, track

TABLES = tuple(
    f"funds_{name}"
    for name in (
        "agreement", "ballot", "courtfreeze", "escrowbuilding", "fundarea", "fundowner", "fundunit", "gradechange", "guarantee", "inflow",
        "interestrun", "loanarrival", "loanpayment", "nodeevidence", "payee", "projectcapital", "quotaversion", "refund", "refundpart",
        "repairpayment", "repairproject", "repairshare", "specialloan", "unitinterest", "withdrawal",
    )
)


class Migration(migrations.Migration):
    dependencies = [("funds", "0001_initial"), ("accounts", "0002_posting")]

    operations = [
        protect(*TABLES),
        track(*TABLES),
        sql_file(Path(__file__).with_name("guards.sql")),
    ]
