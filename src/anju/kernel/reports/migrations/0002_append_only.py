from pathlib import Path

from django.db import migrations

from anju.kernel.database.operations import protect, sql_file, track


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_initial"), ("journal", "0002_append_only")]

    operations = [
        protect("reports_frozenreport", "reports_frozenfigure", "reports_frozenfinding"),
        track("reports_frozenreport", "reports_frozenfigure", "reports_frozenfinding"),
        sql_file(Path(__file__).with_name("append_only.sql")),
    ]
