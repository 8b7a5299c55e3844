from django.db import migrations

TABLES = ("mfa_authenticator", "account_emailaddress", "socialaccount_socialaccount")


class Migration(migrations.Migration):
    """Second factors and connected accounts are as visible as the sign-in they belong to."""

    dependencies = [
        ("orgs", "0005_sign_in_stands_in_the_journal"),
        ("mfa", "0003_authenticator_type_uniq"),
        ("account", "0009_emailaddress_unique_primary_email"),
        ("socialaccount", "0006_alter_socialaccount_extra_data"),
    ]

    operations = [
        migrations.RunSQL([f"SELECT anju_protect_by_user('{table}', 'user_id')" for table in TABLES], migrations.RunSQL.noop),
    ]
