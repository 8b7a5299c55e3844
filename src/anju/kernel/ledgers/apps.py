from django.apps import AppConfig


class LedgersConfig(AppConfig):
    name = "anju.kernel.ledgers"
    label = "ledgers"
    verbose_name = "台账"
