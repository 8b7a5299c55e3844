from pathlib import Path

from django.db import migrations

from anju.kernel.database.operations import protect, sql_file, track


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_initial"), ("orgs", "0002_row_level_security")]

    operations = [
        sql_file(Path(__file__).with_name("journal.sql")),
        protect("journal_entry", "journal_change"),
        track("orgs_region", "orgs_bureau", "orgs_department", "orgs_role", "orgs_staff", "orgs_staffrole"),
        track("orgs_user", hidden=("password", "last_login")),
    ]
