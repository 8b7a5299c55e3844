from pathlib import Path

from django.db import migrations

from anju.kernel.database.operations import protect, sql_file, track

TABLES = ("housing_occupancycount", "housing_securityexit", "housing_depositsettlement")


class Migration(migrations.Migration):
    dependencies = [("housing", "0010_books_in_tables")]

    operations = [protect(*TABLES), track(*TABLES), sql_file(Path(__file__).with_name("books_in_tables.sql"))]
