from pathlib import Path

from django.db import migrations

from anju.kernel.database.operations import sql_file


class Migration(migrations.Migration):
    dependencies = [("orgs", "0003_places_and_granting"), ("journal", "0002_append_only")]

    operations = [sql_file(Path(__file__).with_name("place.sql"))]
