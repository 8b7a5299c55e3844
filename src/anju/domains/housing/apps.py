from django.apps import AppConfig


class HousingConfig(AppConfig):
    name = "anju.domains.housing"
    label = "housing"
