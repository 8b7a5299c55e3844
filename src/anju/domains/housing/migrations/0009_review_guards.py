from pathlib import Path

from django.db import migrations

from anju.kernel.database.operations import protect, sql_file, track


class Migration(migrations.Migration):
    dependencies = [("housing", "0008_reviews")]

    operations = [
        protect("housing_leasereview"),
        track("housing_leasereview"),
        sql_file(Path(__file__).with_name("reviews.sql")),
    ]
