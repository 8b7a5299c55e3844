from pathlib import Path

from django.db import migrations

from anju.kernel.database.operations import sql_file


class Migration(migrations.Migration):
    dependencies = [("journal", "0003_blocks")]

    operations = [sql_file(Path(__file__).with_name("blocks.sql"))]
