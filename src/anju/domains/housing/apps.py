from django.apps import AppConfig


class HousingConfig(AppConfig):
    name = "anju.domains.housing"
    label = "housing"
    verbose_name = "住房保障"

    def ready(self) -> None:
        """Bring the slice's pages to the navigation, its words to the journal, and what its matters do to its records."""
        from anju.domains.housing import words
        from anju.domains.housing.applications import following
        from anju.domains.housing.purchases import barring, claiming, recognising, rewarding
        from anju.domains.housing.tenancy import following as tenancies
        from anju.domains.housing.views import panels

        words.bring()
        panels.bring()
        for part in (following, tenancies, claiming, rewarding, recognising, barring):
            part.register()
