from pathlib import Path

from django.db import migrations

from anju.kernel.database.operations import protect, sql_file, track


class Migration(migrations.Migration):
    dependencies = [("market", "0006_certificates")]

    operations = [
        protect("market_certificate"),
        track("market_certificate", hidden=("resident_id",)),
        sql_file(Path(__file__).with_name("certificates.sql")),
    ]
