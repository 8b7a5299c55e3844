from pathlib import Path

from django.db import migrations

from anju.kernel.database.operations import protect, sql_file, track


class Migration(migrations.Migration):
    dependencies = [("market", "0003_resale"), ("property", "0002_guards")]

    operations = [
        protect("market_housecheck", "market_resalecontract"),
        track("market_housecheck", hidden=("owner_id",)),
        track("market_resalecontract", hidden=("resident_id",)),
        sql_file(Path(__file__).with_name("resale.sql")),
    ]
