from django.apps import AppConfig


class PropertyConfig(AppConfig):
    name = "anju.domains.property"
    label = "property"
    verbose_name = "楼盘表"
