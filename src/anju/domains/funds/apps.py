from django.apps import AppConfig


class FundsConfig(AppConfig):
    name = "anju.domains.funds"
    label = "funds"
