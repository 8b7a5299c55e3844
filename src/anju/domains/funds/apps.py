from django.apps import AppConfig


class FundsConfig(AppConfig):
    name = "anju.domains.funds"
    label = "funds"
    verbose_name = "资金监管"

    def ready(self) -> None:
        """Declare accounts and purposes; bring pages to the navigation and words to the journal."""
        from anju.domains.funds import casework, following, kinds, words  # noqa: F401 — casework hangs its hooks on the matter
        from anju.domains.funds.views import withdrawals

        kinds.bring()
        words.bring()
        following.bring()
        withdrawals.bring()
