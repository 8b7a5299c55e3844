from django.apps import AppConfig


class MarketConfig(AppConfig):
    name = "anju.domains.market"
    label = "market"
