from django.apps import AppConfig


class PropertyConfig(AppConfig):
    name = "anju.domains.property"
    label = "property"
    verbose_name = "楼盘表"

    def ready(self) -> None:
        """Bring the register's pages to the navigation and its words to the journal."""
        from anju.domains.property import words

        words.bring()
