from pathlib import Path

from django.db import migrations

from anju.kernel.database.operations import protect, sql_file, track


class Migration(migrations.Migration):
    dependencies = [("housing", "0013_online")]

    operations = [
        protect("housing_onlinerequest", "housing_onlineperson"),
        track("housing_onlinerequest", hidden=("address", "code")),
        track("housing_onlineperson", hidden=("resident_id", "phone")),
        sql_file(Path(__file__).with_name("online.sql")),
    ]
