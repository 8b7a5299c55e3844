from pathlib import Path

from django.db import migrations

from anju.kernel.database.operations import protect, sql_file, track

MONEY = ("accounts_book", "accounts_account", "accounts_floor", "accounts_closedperiod", "accounts_transfer")
BANK = (
    "accounts_bankstatement", "accounts_bankline", "accounts_match", "accounts_matchedline", "accounts_matchedtransfer",
    "accounts_reconciliation", "accounts_difference",
)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial"), ("journal", "0006_bulk"), ("orgs", "0004_row_policies")]

    operations = [
        sql_file(Path(__file__).with_name("posting.sql")),
        sql_file(Path(__file__).with_name("guards.sql")),
        sql_file(Path(__file__).with_name("days.sql")),
        protect(*MONEY, *BANK, "accounts_balance", "accounts_daytotal"),
        track(*MONEY, *BANK),
    ]
