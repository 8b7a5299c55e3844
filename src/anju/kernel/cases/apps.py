from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "anju.kernel.cases"
    label = "cases"
