from pathlib import Path

from django.db import migrations

from anju.kernel.database.operations import sql_file, track


class Migration(migrations.Migration):
    dependencies = [("crypto", "0001_initial"), ("journal", "0006_bulk")]

    operations = [sql_file(Path(__file__).with_name("crypto.sql")), track("crypto_keyversion")]
