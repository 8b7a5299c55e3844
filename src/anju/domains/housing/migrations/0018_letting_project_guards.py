from django.db import migrations

from anju.kernel.database.operations import protect, track


class Migration(migrations.Migration):
    dependencies = [("housing", "0017_letting_projects")]

    operations = [
        protect("housing_lettingproject"),
        track("housing_lettingproject"),
        migrations.RunSQL("REVOKE DELETE, TRUNCATE ON housing_lettingproject FROM anju_app", reverse_sql=migrations.RunSQL.noop),
    ]
