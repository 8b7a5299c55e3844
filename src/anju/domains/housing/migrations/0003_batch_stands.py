from pathlib import Path

from django.db import migrations

from anju.kernel.database.operations import sql_file


class Migration(migrations.Migration):
    dependencies = [("housing", "0002_guards")]

    operations = [sql_file(Path(__file__).with_name("batch_stands.sql"))]
