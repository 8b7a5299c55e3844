from django.db import migrations

from anju.kernel.database.operations import protect, track


class Migration(migrations.Migration):
    dependencies = [("orgs", "0007_apitoken"), ("journal", "0002_append_only")]

    operations = [protect("orgs_apitoken"), track("orgs_apitoken", hidden=("digest",))]
