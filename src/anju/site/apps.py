from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "anju.site"
    label = "site"

    def ready(self) -> None:
        from anju.site.pages.policy_words import name_policy

        name_policy()
