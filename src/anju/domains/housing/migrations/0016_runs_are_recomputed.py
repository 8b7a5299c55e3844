from django.db import migrations

# Decision 0020: what a run found is computed again from its inputs, not imaged row by row. Nobody but the owner may touch the rows anyway.
UNTRACK = """
DROP TRIGGER journal_insert ON housing_subsidyrunrow;
DROP TRIGGER journal_update ON housing_subsidyrunrow;
DROP TRIGGER journal_delete ON housing_subsidyrunrow;
DROP TRIGGER journal_truncate ON housing_subsidyrunrow;
DELETE FROM journal_tracked WHERE "table" = 'housing_subsidyrunrow';
"""


class Migration(migrations.Migration):
    dependencies = [("housing", "0015_carried_stands")]

    operations = [migrations.RunSQL(UNTRACK, reverse_sql="SELECT journal_track('housing_subsidyrunrow')")]
