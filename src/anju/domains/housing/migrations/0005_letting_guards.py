from pathlib import Path

from django.db import migrations

from anju.kernel.database.operations import protect, sql_file, track

TABLES = (
    "housing_lettingunit", "housing_waitlistentry", "housing_round", "housing_roundgroup", "housing_roundunit", "housing_intention",
    "housing_pool", "housing_candidate", "housing_draw", "housing_place", "housing_allocation",
)  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("housing", "0004_letting"), ("cases", "0001_initial")]

    operations = [protect(*TABLES), track(*TABLES), sql_file(Path(__file__).with_name("letting.sql"))]
