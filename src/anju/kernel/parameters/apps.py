from django.apps import AppConfig


class ParametersConfig(AppConfig):
    name = "anju.kernel.parameters"
    label = "parameters"
