from pathlib import Path

from django.db import migrations

from anju.kernel.database.operations import protect, sql_file, track

TABLES = (
    "housing_lease", "housing_rentbill", "housing_rentreceipt", "housing_rentshare", "housing_homevisit", "housing_exitground",
    "housing_renewal",
)  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("housing", "0006_tenancy")]

    operations = [protect(*TABLES), track(*TABLES), sql_file(Path(__file__).with_name("tenancy.sql"))]
