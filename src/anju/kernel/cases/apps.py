from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "anju.kernel.cases"
    label = "cases"
    verbose_name = "办件"

    def ready(self) -> None:
        from anju.kernel.cases import facts  # noqa: F401
