from django.db import migrations

from anju.kernel.database.operations import track


class Migration(migrations.Migration):
    dependencies = [("cases", "0003_fewer_indexes")]

    # A cell changes with its key while the value stays: only its index belongs in an image.
    operations = [track("cases_case", hidden=("applicant_id", "applicant_phone"))]
