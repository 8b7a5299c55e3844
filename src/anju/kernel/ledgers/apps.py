from django.apps import AppConfig


class LedgersConfig(AppConfig):
    name = "anju.kernel.ledgers"
    label = "ledgers"
    verbose_name = "台账"

    def ready(self) -> None:
        from anju.kernel.ledgers import catalogue, personal
        from anju.kernel.privacy.places import add_places

        add_places("ledgers", lambda: personal.places(catalogue.all_ledgers().values()))
