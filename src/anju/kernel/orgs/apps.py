from django.apps import AppConfig


class OrgsConfig(AppConfig):
    name = "anju.kernel.orgs"
    label = "orgs"
    verbose_name = "机构与权限"

    def ready(self) -> None:
        from anju.kernel.access import scope
        from anju.kernel.orgs import events  # noqa: F401

        scope.connect_signal()
