from django.db import migrations

from anju.kernel.database.operations import protect, track


class Migration(migrations.Migration):
    dependencies = [("reading", "0001_initial"), ("journal", "0006_bulk")]

    operations = [
        protect("reading_readtext", "reading_readdecision", "reading_readsilence", "reading_knownphrase"),
        track("reading_readtext", hidden=("content", "text")),
        track("reading_readdecision", "reading_readsilence", "reading_knownphrase"),
    ]
