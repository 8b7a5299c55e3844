from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "anju.ui"
    label = "ui"
    verbose_name = "界面"
