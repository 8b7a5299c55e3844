from pathlib import Path

from django.db import migrations

from anju.kernel.database.operations import protect, sql_file, track


class Migration(migrations.Migration):
    dependencies = [("files", "0001_initial"), ("orgs", "0002_row_level_security"), ("journal", "0006_bulk")]

    # The name a file was given may hold a person's name: it never enters an image.
    operations = [
        protect("files_storedfile", "files_filelink"),
        track("files_storedfile", hidden=("name",)),
        track("files_filelink"),
        sql_file(Path(__file__).with_name("files.sql")),
    ]
