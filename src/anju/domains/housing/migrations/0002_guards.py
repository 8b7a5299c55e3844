from pathlib import Path

from django.db import migrations

from anju.kernel.database.operations import protect, sql_file, track

PLAIN = (
    "housing_tierperiod", "housing_prioritygroup", "housing_income", "housing_asset", "housing_holding", "housing_application",
    "housing_budget", "housing_paymentbatch", "housing_benefitmonth", "housing_decision", "housing_subsidyrun", "housing_subsidyrunrow",
    "housing_bankfile", "housing_bankresult", "housing_tranche", "housing_recognitionletter", "housing_recognisedunit",
)
PERSONAL = {
    "housing_household": ("address",),
    "housing_member": ("resident_id", "phone"),
    "housing_sanction": ("resident_id",),
    "housing_agreement": ("account", "home"),
    "housing_payment": ("resident_id", "account"),
    "housing_purchasesubsidy": ("resident_id", "account"),
}


class Migration(migrations.Migration):
    dependencies = [("housing", "0001_initial"), ("journal", "0006_bulk"), ("orgs", "0004_row_policies"), ("crypto", "0001_initial")]

    operations = [
        protect(*PLAIN, *PERSONAL),
        track(*PLAIN, "housing_ruleversion"),
        *(track(table, hidden=hidden) for table, hidden in PERSONAL.items()),
        sql_file(Path(__file__).with_name("guards.sql")),
    ]
