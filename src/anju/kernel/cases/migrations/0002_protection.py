from pathlib import Path

from django.db import migrations

from anju.kernel.database.operations import protect, sql_file, track

OF_CASES = (
    "cases_case", "cases_task", "cases_move", "cases_clock", "cases_clock_event", "cases_material", "cases_notice", "cases_notice_item",
    "cases_outcome", "cases_publicity", "cases_objection", "cases_check", "cases_counter", "cases_delegation",
)


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial"), ("journal", "0006_bulk")]

    operations = [
        protect(*OF_CASES),
        migrations.RunSQL(
            ["SELECT anju_protect_reference('cases_matter')", "SELECT anju_protect_reference('cases_road')"],
            reverse_sql=migrations.RunSQL.noop,
        ),
        track(*OF_CASES),
        sql_file(Path(__file__).with_name("constraints.sql")),
    ]
