from pathlib import Path

from django.db import migrations

from anju.kernel.database.operations import sql_file


class Migration(migrations.Migration):
    dependencies = [("figures", "0001_initial")]

    operations = [sql_file(Path(__file__).with_name("snapshots.sql"))]
