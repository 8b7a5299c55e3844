from pathlib import Path

from django.db import migrations

from anju.kernel.database.operations import protect, sql_file, track

TABLES = (
    "market_developer",
    "market_operator",
    "market_permit",
    "market_permitunit",
    "market_filedprice",
    "market_contractchange",
    "market_instalment",
)


class Migration(migrations.Migration):
    dependencies = [("market", "0001_initial"), ("property", "0002_guards"), ("journal", "0006_bulk"), ("orgs", "0004_row_policies")]

    operations = [
        protect(*TABLES, "market_contract", "market_cobuyer", "market_eligibility"),
        track(*TABLES),
        track("market_contract", hidden=("resident_id", "phone")),
        track("market_cobuyer", "market_eligibility", hidden=("resident_id",)),
        sql_file(Path(__file__).with_name("market.sql")),
    ]
