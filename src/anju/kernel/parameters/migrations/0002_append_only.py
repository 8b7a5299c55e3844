from pathlib import Path

from django.db import migrations

from anju.kernel.database.operations import sql_file


class Migration(migrations.Migration):
    dependencies = [("parameters", "0001_initial"), ("orgs", "0004_row_policies"), ("journal", "0006_bulk")]

    operations = [sql_file(Path(__file__).with_name("append_only.sql"))]
