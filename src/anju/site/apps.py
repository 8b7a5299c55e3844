from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SiteConfig(AppConfig):
    name = "anju.site"
    label = "site"

    def ready(self) -> None:
        from anju.site.pages.policy_words import name_policy
        from anju.ui.open_pages import Door, add_doors

        name_policy()
        add_doors(
            [
                Door(_("办件进度查询"), _("凭案号和查询码，看申请办到哪一步、还缺什么。"), "open-follow", "magnifying-glass"),
                Door(_("公示"), _("正在公示的申请，公示期内可以提出异议。"), "open-publicity", "megaphone"),
            ]
        )
