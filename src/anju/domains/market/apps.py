from django.apps import AppConfig


class MarketConfig(AppConfig):
    name = "anju.domains.market"
    label = "market"
    verbose_name = "房地产市场"

    def ready(self) -> None:
        """Bring the market's words to the journal and its pages to the navigation."""
        from anju.domains.market import words

        words.bring()
