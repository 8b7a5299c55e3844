from django.apps import AppConfig


class HousingConfig(AppConfig):
    name = "anju.domains.housing"
    label = "housing"
    verbose_name = "住房保障"

    def ready(self) -> None:
        """Bring the slice's pages to the navigation and its words to the journal."""
        from anju.domains.housing import words

        words.bring()
