from pathlib import Path

from django.db import migrations

from anju.kernel.database.operations import protect, sql_file, track

TABLES = (
    "property_project",
    "property_building",
    "property_unit",
    "property_restriction",
    "property_unitevent",
    "property_lineage",
    "property_survey",
    "property_surveyedunit",
)


class Migration(migrations.Migration):
    dependencies = [("property", "0001_initial"), ("journal", "0006_bulk"), ("orgs", "0004_row_policies")]

    operations = [protect(*TABLES), track(*TABLES), sql_file(Path(__file__).with_name("units.sql"))]
