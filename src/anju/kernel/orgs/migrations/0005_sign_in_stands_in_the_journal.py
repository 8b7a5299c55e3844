from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("orgs", "0004_row_policies")]

    operations = [migrations.RemoveField(model_name="user", name="last_login")]
